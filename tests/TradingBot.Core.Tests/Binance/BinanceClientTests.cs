using Microsoft.Extensions.Options;
using TradingBot.Binance;
using TradingBot.Core.Tests.Market;
using TradingBot.Market;
using TradingBot.Trading;

namespace TradingBot.Core.Tests.Binance;

/// <summary>Every documented answer, read to its exact values.</summary>
public sealed class BinanceClientTests
{
    private readonly StubExchange _exchange = new();

    [Fact]
    public async Task GetExchangeInfo_TheDocumentedAnswer_HasItsValues()
    {
        using var client = _exchange.On("GET /fapi/v1/exchangeInfo", Samples.ExchangeInfo).Client();
        var info = await client.Market.GetExchangeInfoAsync();
        info.RateLimits.Should().Equal(
            new BinanceRateLimit { RateLimitType = "REQUEST_WEIGHT", Interval = "MINUTE", IntervalNum = 1, Limit = 2400 },
            new BinanceRateLimit { RateLimitType = "ORDERS", Interval = "MINUTE", IntervalNum = 1, Limit = 1200 },
            new BinanceRateLimit { RateLimitType = "ORDERS", Interval = "SECOND", IntervalNum = 10, Limit = 300 });
        info.Symbols.Should().HaveCount(2);
        info.Symbols[0].Status.Should().Be("A_STATE_OF_TOMORROW");
    }

    [Fact]
    public async Task GetSymbol_OneOfMany_HasItsValues()
    {
        using var client = _exchange.On("GET /fapi/v1/exchangeInfo", Samples.ExchangeInfo).Client();
        var symbol = await client.Market.GetSymbolAsync(TestBars.BtcUsdt);
        symbol.Symbol.Should().Be("BTCUSDT");
        symbol.ContractType.Should().Be("PERPETUAL");
        symbol.Status.Should().Be("TRADING");
        symbol.OnboardDate.Should().Be(DateTimeOffset.FromUnixTimeMilliseconds(1570000000000));
        symbol.LiquidationFee.Should().Be(0.0125m);
        symbol.Filters.Should().Equal(
            new BinanceFilter { FilterType = "PRICE_FILTER", MinPrice = 500, MaxPrice = 5_000_000, TickSize = 0.1m },
            new BinanceFilter { FilterType = "LOT_SIZE", MinQty = 0.001m, MaxQty = 1000, StepSize = 0.001m },
            new BinanceFilter { FilterType = "MARKET_LOT_SIZE", MinQty = 0.001m, MaxQty = 120, StepSize = 0.001m },
            new BinanceFilter { FilterType = "MAX_NUM_ORDERS", Limit = 200 },
            new BinanceFilter { FilterType = "MIN_NOTIONAL", Notional = 50 },
            new BinanceFilter { FilterType = "PERCENT_PRICE", MultiplierUp = 1.05m, MultiplierDown = 0.95m },
            new BinanceFilter { FilterType = "POSITION_RISK_CONTROL" });
    }

    [Fact]
    public async Task GetSymbol_NotListed_SaysSo()
    {
        using var client = _exchange.On("GET /fapi/v1/exchangeInfo", Samples.ExchangeInfo).Client();
        var read = () => client.Market.GetSymbolAsync(Symbol.Parse("NOSUCHUSDT"));
        var error = (await read.Should().ThrowAsync<ExchangeException>().WithMessage("The exchange does not list NOSUCHUSDT.")).Which;
        error.Kind.Should().Be(ExchangeErrorKind.Rejected);
        error.Code.Should().Be(-1121);
    }

    [Fact]
    public async Task GetMarkPrice_TheDocumentedAnswer_HasItsValues()
    {
        using var client = _exchange.On("GET /fapi/v1/premiumIndex", Samples.PremiumIndex).Client();
        (await client.Market.GetMarkPriceAsync(TestBars.BtcUsdt)).Should().Be(new BinanceMarkPrice
        {
            Symbol = "BTCUSDT",
            MarkPrice = 61850.4m,
            IndexPrice = 61871.22m,
            LastFundingRate = 0.000075m,
            NextFundingTime = DateTimeOffset.FromUnixTimeMilliseconds(1795017600000),
            Time = DateTimeOffset.FromUnixTimeMilliseconds(1795003212000),
        });
    }

    [Fact]
    public async Task FetchPrice_LastAndMark_AreBothRead()
    {
        using var client = _exchange.On("GET /fapi/v1/premiumIndex", Samples.PremiumIndex).On("GET /fapi/v2/ticker/price", Samples.TickerPrice).Client();
        (await new BinanceFetcher(client).FetchPriceAsync(TestBars.BtcUsdt)).Should().Be(
            new MarketPrice(DateTimeOffset.FromUnixTimeMilliseconds(1795003212345), 61851.1m, 61850.4m));
    }

    [Fact]
    public async Task FetchSymbolInfo_TheDocumentedRules_AreRead_OnceAnHour()
    {
        using var client = _exchange.On("GET /fapi/v1/exchangeInfo", Samples.ExchangeInfo).Client();
        var fetcher = new BinanceFetcher(client);
        (await fetcher.FetchSymbolInfoAsync(TestBars.BtcUsdt)).Should().Be(new SymbolInfo
        {
            Symbol = TestBars.BtcUsdt,
            TickSize = 0.1m,
            StepSize = 0.001m,
            MinQuantity = 0.001m,
            MaxQuantity = 1000,
            MaxMarketQuantity = 120,
            MinNotional = 50,
        });
        await fetcher.FetchSymbolInfoAsync(TestBars.BtcUsdt);
        _exchange.Routes.Should().HaveCount(1);
        _exchange.Clock.Advance(TimeSpan.FromMinutes(61));
        await fetcher.FetchSymbolInfoAsync(TestBars.BtcUsdt);
        _exchange.Routes.Should().HaveCount(2);
    }

    [Fact]
    public async Task GetFunding_TheDocumentedAnswer_HasItsValues()
    {
        using var client = _exchange.On("GET /fapi/v1/fundingRate", Samples.FundingRate).Client();
        (await client.Market.GetFundingAsync(TestBars.BtcUsdt, StubExchange.Now.AddDays(-1))).Should().Equal(
            new BinanceFunding { Symbol = "BTCUSDT", FundingTime = DateTimeOffset.FromUnixTimeMilliseconds(1794988800007), FundingRate = -0.000075m, MarkPrice = 61211.3m },
            new BinanceFunding { Symbol = "BTCUSDT", FundingTime = DateTimeOffset.FromUnixTimeMilliseconds(1795017600000), FundingRate = 0.0001m, MarkPrice = null });
    }

    [Fact]
    public async Task GetFunding_MoreThanAPage_IsPaged()
    {
        const long First = 1700000000000;
        _exchange.On("GET /fapi/v1/fundingRate", request =>
        {
            var start = request.Number("startTime");
            var rows = Enumerable.Range(0, 2500).Select(i => First + (i * 28_800_000L)).Where(time => time >= start && time <= request.Number("endTime")).Take((int)request.Number("limit"));
            return StubExchange.Json($"[{string.Join(',', rows.Select(time => $$"""{"symbol":"BTCUSDT","fundingTime":{{time}},"fundingRate":"0.0001"}"""))}]");
        });
        using var client = _exchange.Client();
        var from = DateTimeOffset.FromUnixTimeMilliseconds(First);
        var funding = await client.Market.GetFundingAsync(TestBars.BtcUsdt, from, from + (2400 * TimeSpan.FromHours(8)));
        funding.Select(entry => entry.FundingTime).Should().Equal(Enumerable.Range(0, 2400).Select(i => from + (i * TimeSpan.FromHours(8))));
        _exchange.Routes.Should().HaveCount(3);
    }

    [Fact]
    public async Task GetBalances_TheDocumentedAnswer_HasItsValues()
    {
        using var client = _exchange.On("GET /fapi/v3/balance", Samples.Balance).Client();
        (await client.Account.GetBalancesAsync())[1].Should().Be(new BinanceBalance
        {
            Asset = "USDT",
            Balance = 2500,
            CrossWalletBalance = 2500,
            CrossUnPnl = 13.008m,
            AvailableBalance = 2265.6064m,
        });
    }

    [Fact]
    public async Task GetPositions_TheDocumentedAnswer_HasItsValues()
    {
        using var client = _exchange.On("GET /fapi/v3/positionRisk", Samples.PositionRisk).Client();
        (await client.Account.GetPositionsAsync(TestBars.BtcUsdt)).Should().Equal(new BinancePosition
        {
            Symbol = "BTCUSDT",
            PositionSide = "BOTH",
            PositionAmt = 0.02m,
            EntryPrice = 61200,
            MarkPrice = 61850.4m,
            UnrealizedProfit = 13.008m,
            LiquidationPrice = 49156.63m,
            IsolatedWallet = 244.8m,
            UpdateTime = DateTimeOffset.FromUnixTimeMilliseconds(1795003000000),
        });
    }

    [Fact]
    public async Task GetConfigs_TheDocumentedAnswers_HaveTheirValues()
    {
        using var client = _exchange.On("GET /fapi/v1/accountConfig", Samples.AccountConfig).On("GET /fapi/v1/symbolConfig", Samples.SymbolConfig).On("GET /fapi/v1/commissionRate", Samples.CommissionRate).Client();
        (await client.Account.GetConfigAsync()).Should().Be(new BinanceAccountConfig { CanTrade = true, DualSidePosition = false, MultiAssetsMargin = false });
        (await client.Account.GetSymbolConfigAsync(TestBars.BtcUsdt)).Should().Be(
            new BinanceSymbolConfig { Symbol = "BTCUSDT", MarginType = "CROSSED", Leverage = 5, MaxNotionalValue = 40_000_000 });
        (await client.Account.GetCommissionAsync(TestBars.BtcUsdt)).Should().Be(
            new BinanceCommission { Symbol = "BTCUSDT", MakerCommissionRate = 0.0002m, TakerCommissionRate = 0.0005m });
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task GetLeverageBrackets_ArrayOrObject_HaveTheirValues(bool array)
    {
        using var client = _exchange.On("GET /fapi/v1/leverageBracket", array ? Samples.LeverageBracket : Samples.LeverageBracket.Trim()[1..^1]).Client();
        (await client.Account.GetLeverageBracketsAsync(TestBars.BtcUsdt)).Brackets.Should().Equal(
            new BinanceLeverageBracket { Bracket = 1, InitialLeverage = 125, NotionalFloor = 0, NotionalCap = 100_000, MaintMarginRatio = 0.004m, Cum = 0 },
            new BinanceLeverageBracket { Bracket = 2, InitialLeverage = 100, NotionalFloor = 100_000, NotionalCap = 800_000, MaintMarginRatio = 0.005m, Cum = 100 });
    }

    [Fact]
    public async Task Orders_TheDocumentedAnswers_HaveTheirValues()
    {
        using var client = _exchange.On("POST /fapi/v1/order", Samples.PostOrder).On("GET /fapi/v1/order", Samples.GetOrder).On("POST /fapi/v1/algoOrder", Samples.PostAlgo)
            .On("GET /fapi/v1/algoOrder", Samples.GetAlgoTriggered).On("DELETE /fapi/v1/algoOrder", Samples.DeleteAlgo).On("GET /fapi/v1/userTrades", Samples.UserTrades).Client();
        var posted = new BinanceOrder
        {
            Symbol = "BTCUSDT",
            OrderId = 880000000123,
            ClientOrderId = "bot-1a2b3c",
            Side = "BUY",
            Type = "MARKET",
            Status = "FILLED",
            TimeInForce = "GTC",
            OrigQty = 0.02m,
            ExecutedQty = 0.02m,
            UpdateTime = DateTimeOffset.FromUnixTimeMilliseconds(1795003000000),
        };
        (await client.Orders.PlaceAsync(Orders.MarketBuy())).Should().Be(posted);
        (await client.Orders.GetAsync(TestBars.BtcUsdt, "bot-1a2b3c")).Should().Be(posted with { AvgPrice = 61200, CumQuote = 1224 });
        var algo = new BinanceAlgoOrder
        {
            AlgoId = 4100000001,
            ClientAlgoId = "bot-sl-7",
            OrderType = "STOP_MARKET",
            Symbol = "BTCUSDT",
            Side = "SELL",
            AlgoStatus = "NEW",
            TimeInForce = "GTC",
            Quantity = 0.02m,
            TriggerPrice = 59900,
            Price = 0,
            ReduceOnly = true,
            UpdateTime = DateTimeOffset.FromUnixTimeMilliseconds(1795003100000),
        };
        (await client.Orders.PlaceConditionalAsync(Orders.Stop())).Should().Be(algo);
        (await client.Orders.GetConditionalAsync("bot-sl-7")).Should().Be(
            algo with { AlgoStatus = "FINISHED", ActualOrderId = "880000000777", ActualPrice = 59884.2m, ActualQty = 0.02m });
        await client.Orders.CancelConditionalAsync("bot-sl-7");
        (await client.Orders.GetTradesAsync(TestBars.BtcUsdt, StubExchange.Now.AddDays(-1), StubExchange.Now)).Should().Equal(new BinanceTrade
        {
            Id = 5500000001,
            Symbol = "BTCUSDT",
            OrderId = 880000000123,
            Side = "BUY",
            Price = 61200,
            Qty = 0.02m,
            Commission = 0.612m,
            CommissionAsset = "USDT",
            RealizedPnl = 0,
            Maker = false,
            Time = DateTimeOffset.FromUnixTimeMilliseconds(1795003000000),
        });
    }

    [Fact]
    public async Task GetTrades_LongSpansAndFullPages_AreReadOnceEach()
    {
        // 2,400 fills in one minute of the second week, three to a millisecond.
        var from = StubExchange.Now.AddDays(-20);
        var first = from.AddDays(10).ToUnixTimeMilliseconds();
        _exchange.On("GET /fapi/v1/userTrades", request =>
        {
            (request.Number("endTime") - request.Number("startTime")).Should().BeLessThan(7 * 86_400_000L);
            var rows = Enumerable.Range(0, 2400).Select(i => (Id: i, Time: first + (i / 3)))
                .Where(row => row.Time >= request.Number("startTime") && row.Time <= request.Number("endTime")).Take((int)request.Number("limit"));
            return StubExchange.Json($"[{string.Join(',', rows.Select(row => Samples.UserTrades[1..^1].Replace("5500000001", $"{row.Id}", StringComparison.Ordinal).Replace("1795003000000", $"{row.Time}", StringComparison.Ordinal)))}]");
        });
        using var client = _exchange.Client();
        var trades = await client.Orders.GetTradesAsync(TestBars.BtcUsdt, from, StubExchange.Now);
        trades.Select(trade => trade.Id).Should().Equal(Enumerable.Range(0, 2400).Select(i => (long)i));
    }

    [Theory]
    [InlineData("http://example.com")]
    [InlineData("http://localhost.example.com")]
    [InlineData("http://127.0.0.1.example.com")]
    [InlineData("http://192.168.0.1")]
    [InlineData("ftp://localhost")]
    [InlineData("https://user:pass@example.com")]
    [InlineData("https://example.com/path")]
    public void Constructor_AnAddressWithoutTls_IsRefused(string address)
    {
        var create = () => _exchange.Client(options => options.RestAddress = new Uri(address));
        create.Should().Throw<OptionsValidationException>().Which.Message.Should().Contain("RestAddress is not allowed").And.NotContain("pass@");
    }

    [Theory]
    [InlineData("ws://example.com")]
    [InlineData("ws://localhost.example.com")]
    [InlineData("http://localhost")]
    [InlineData("wss://example.com/ws")]
    public void Constructor_AStreamWithoutTls_IsRefused(string address)
    {
        var create = () => _exchange.Client(options => options.StreamAddress = new Uri(address));
        create.Should().Throw<OptionsValidationException>().WithMessage("StreamAddress is not allowed; expected wss://host[:port], or ws on this machine (loopback) only.");
    }

    [Theory]
    [InlineData("https://example.com", "wss://example.com")]
    [InlineData("http://127.0.0.1:5000", "ws://[::1]:5000")]
    public void Constructor_TlsOrThisMachine_IsAllowed(string rest, string stream)
    {
        using var client = _exchange.Client(options => (options.RestAddress, options.StreamAddress) = (new Uri(rest), new Uri(stream)));
        client.ToString().Should().Be($"BinanceClient (Custom, {new Uri(rest).Host})");
    }

    [Fact]
    public void Constructor_FaultyOptions_AreAllListed()
    {
        var create = () => _exchange.Client(options =>
        {
            options.Environment = BinanceEnvironment.Live;
            options.ReceiveWindow = TimeSpan.FromMinutes(2);
            options.RequestTimeout = TimeSpan.Zero;
            options.ReadAttempts = 0;
            options.ReservedShare = 1;
        });
        create.Should().Throw<OptionsValidationException>().Which.Failures.Should().HaveCount(5);
    }
}
