using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using TradingBot.Binance;
using TradingBot.FakeBinance;
using TradingBot.Market;
using TradingBot.Simulation;
using TradingBot.Tests.Shared;
using TradingBot.Trading;

namespace TradingBot.Conformance;

/// <summary>The library's own client against the same server as the strangers', each call once: every number is compared with the server's own state.</summary>
public sealed class OwnClientTests : IAsyncLifetime, IDisposable
{
    private const int Closed = 55;
    private static readonly Symbol Btc = Symbol.Parse("BTCUSDT");
    private FakeBinanceServer _server = null!;
    private BinanceClient _client = null!;

    private BinanceMarketData Market => _client.Market;

    private BinanceAccount Account => _client.Account;

    private BinanceOrders Orders => _client.Orders;

    private SimulatedExchange Exchange => _server.Exchange;

    private SymbolInfo Info => Exchange.ListingOf(Btc).Info;

    // The open of the running bar.
    private decimal Price => (decimal)_server.Bars.Opens[_server.ClosedBars];

    public async Task InitializeAsync()
    {
        _server = await FakeBinanceServer.StartAsync(new FakeBinanceOptions { Bars = CcxtRun.Bars(), ClosedBars = Closed, ApiKey = TestKeys.Key, ApiSecret = TestKeys.Secret });
        _client = new BinanceClient(
            Options.Create(new BinanceOptions
            {
                Environment = BinanceEnvironment.Custom,
                RestAddress = _server.RestAddress,
                StreamAddress = _server.StreamAddress,
                Credentials = new BinanceCredentials(TestKeys.Key, TestKeys.Secret),
            }),
            _server.TimeProvider,
            NullLogger<BinanceClient>.Instance);
    }

    public async Task DisposeAsync() => await _server.DisposeAsync();

    public void Dispose() => _client.Dispose();

    [Fact]
    public async Task GetServerTime_RunningServer_IsItsTime()
    {
        var before = _server.Time;
        (await Market.GetServerTimeAsync()).Should().BeOnOrAfter(before).And.BeOnOrBefore(_server.Time);
    }

    [Fact]
    public async Task GetExchangeInfo_TheRules_AreThoseOfTheExchange()
    {
        var info = await Market.GetExchangeInfoAsync();
        info.RateLimits.Select(limit => (limit.RateLimitType, limit.Interval, limit.IntervalNum, limit.Limit)).Should().Equal(
            ("REQUEST_WEIGHT", "MINUTE", 1, 2_400), ("ORDERS", "MINUTE", 1, 1_200), ("ORDERS", "SECOND", 10, 300));
        CheckRules(info.Symbols.Should().ContainSingle().Subject);
    }

    [Fact]
    public async Task GetSymbol_TheRules_AreThoseOfTheExchange() => CheckRules(await Market.GetSymbolAsync(Btc));

    [Fact]
    public async Task GetBars_AllThatHaveClosed_AreThoseOfTheFile()
    {
        var bars = await Market.GetBarsAsync(new BarRequest { Symbol = Btc, Interval = Interval.OneHour, GapPolicy = GapPolicy.Reject, Count = 100 });
        bars.Should().Equal(_server.Bars[..Closed]);
    }

    [Fact]
    public async Task GetBars_ALongerInterval_JoinsThem()
    {
        var day = _server.Bars.Slice(24, 24);
        var bars = await Market.GetBarsAsync(new BarRequest { Symbol = Btc, Interval = Interval.OneDay, GapPolicy = GapPolicy.Reject, Count = 1 });
        bars.Should().Equal(new Bar(
            day.OpenTimeAt(0), TimeSpan.FromDays(1), day.Opens[0], day.Highs.ToArray().Max(), day.Lows.ToArray().Min(), day.Closes[23], day.Volumes.ToArray().Sum()));
    }

    [Fact]
    public async Task GetPrices_LastAndMark_AreTheOpenOfTheRunningBar()
    {
        var (last, mark) = (await Market.GetLastPriceAsync(Btc), await Market.GetMarkPriceAsync(Btc));
        (last.Symbol, last.Price).Should().Be(("BTCUSDT", Price));
        (mark.Symbol, mark.MarkPrice, mark.IndexPrice, mark.LastFundingRate).Should().Be(("BTCUSDT", Price, Price, 0.0001m));
        mark.NextFundingTime.Should().Be(_server.Bars.OpenTimeAt(56));
    }

    [Fact]
    public async Task GetFunding_ADay_IsThatOfTheSchedule()
    {
        var end = _server.Bars.OpenTimeAt(56);
        var funding = await Market.GetFundingAsync(Btc, end.AddDays(-1), end);
        funding.Select(row => (row.Symbol, row.FundingTime, row.FundingRate)).Should().Equal(
            ("BTCUSDT", end.AddHours(-24), 0.0001m), ("BTCUSDT", end.AddHours(-16), 0.0001m), ("BTCUSDT", end.AddHours(-8), 0.0001m));
    }

    [Fact]
    public async Task Account_BeforeAnyOrder_IsThatOfTheExchange()
    {
        await CheckBalanceAsync();
        (await Account.GetPositionsAsync(Btc)).Should().BeEmpty();
        var config = await Account.GetConfigAsync();
        (config.CanTrade, config.DualSidePosition, config.MultiAssetsMargin).Should().Be((true, false, false));
        var commission = await Account.GetCommissionAsync(Btc);
        (commission.Symbol, commission.MakerCommissionRate, commission.TakerCommissionRate).Should().Be(("BTCUSDT", Exchange.Options.MakerFeeRate, Exchange.Options.TakerFeeRate));
    }

    [Fact]
    public async Task GetLeverageBrackets_OfTheContract_AreTheTiersOfTheExchange()
    {
        var brackets = await Account.GetLeverageBracketsAsync(Btc);
        brackets.Symbol.Should().Be("BTCUSDT");
        brackets.Brackets.Select(bracket => new MarginTier(bracket.NotionalFloor, bracket.NotionalCap, bracket.MaintMarginRatio, bracket.Cum, bracket.InitialLeverage))
            .Should().Equal(Exchange.ListingOf(Btc).MarginTiers.Tiers);
        brackets.Brackets.Select(bracket => bracket.Bracket).Should().Equal(Enumerable.Range(1, brackets.Brackets.Count));
    }

    [Fact]
    public async Task Settings_LeverageMarginTypeAndModes_AreThoseOfTheExchange()
    {
        (await Account.SetLeverageAsync(Btc, 7)).Should().Be(7);
        Exchange.RiskOf(Btc).Leverage.Should().Be(7);
        foreach (var mode in (MarginMode[])[MarginMode.Isolated, MarginMode.Isolated, MarginMode.Cross, MarginMode.Isolated])
        {
            await Account.SetMarginModeAsync(Btc, mode);
            Exchange.RiskOf(Btc).MarginMode.Should().Be(mode, "asking for what is so already is no failure");
        }

        var config = await Account.GetSymbolConfigAsync(Btc);
        (config.Symbol, config.Leverage, config.MarginType, config.MaxNotionalValue).Should().Be(("BTCUSDT", 7, "ISOLATED", Exchange.RiskOf(Btc).MaxNotional));

        // Both are so already; the other modes are none of this server's.
        await Account.SetHedgeModeAsync(false);
        await Account.SetMultiAssetsModeAsync(false);
        await FluentActions.Awaiting(() => Account.SetHedgeModeAsync(true)).Should().ThrowAsync<ExchangeException>().WithMessage("*code -1020*");
        await FluentActions.Awaiting(() => Account.SetMultiAssetsModeAsync(true)).Should().ThrowAsync<ExchangeException>().WithMessage("*code -1020*");
    }

    [Theory]
    [InlineData(MarginMode.Cross)]
    [InlineData(MarginMode.Isolated)]
    public async Task MarketOrder_FromOpeningToClosing_EveryNumberIsThatOfTheExchange(MarginMode mode)
    {
        await Account.SetMarginModeAsync(Btc, mode);
        await Account.SetLeverageAsync(Btc, 5);

        var sent = await Orders.PlaceAsync(Order(Side.Sell, OrderType.Market, "entry", 0.02m));
        (sent.Symbol, sent.Side, sent.Type, sent.Status, sent.ClientOrderId, sent.OrigQty, sent.ExecutedQty).Should().Be(("BTCUSDT", "SELL", "MARKET", "FILLED", "entry", 0.02m, 0.02m));
        (sent.AvgPrice, sent.CumQuote).Should().Be((null, null), "answers to sent orders lack them since 2026-06-30");
        var fill = Exchange.Fills.Single();
        foreach (var found in new[] { await Orders.GetAsync(Btc, "entry"), await Orders.GetAsync(Btc, sent.OrderId) })
        {
            (found.OrderId, found.Status, found.AvgPrice, found.CumQuote, found.UpdateTime).Should().Be((sent.OrderId, "FILLED", fill.Price, fill.Price * fill.Quantity, fill.Time));
        }

        var (position, risk) = ((await Account.GetPositionsAsync(Btc)).Should().ContainSingle().Subject, Exchange.RiskOf(Btc));
        (position.Symbol, position.PositionSide, position.PositionAmt, position.EntryPrice).Should().Be(("BTCUSDT", "BOTH", -0.02m, risk.Position.EntryPrice));
        (position.MarkPrice, position.UnrealizedProfit, position.IsolatedWallet).Should().Be((Price, risk.UnrealizedProfit, risk.IsolatedWallet));
        position.LiquidationPrice.Should().BeApproximately(risk.LiquidationPrice ?? 0, 1e-12m);
        await CheckBalanceAsync();

        await Orders.PlaceAsync(Order(Side.Buy, OrderType.Market, "exit", 0.02m) with { ReduceOnly = true });
        (await Account.GetPositionsAsync()).Should().BeEmpty();
        await CheckBalanceAsync();
        await CheckTradesAsync(2);
    }

    [Fact]
    public async Task LimitOrders_EachTimeInForce_AreThoseOfTheExchange()
    {
        var resting = await Orders.PlaceAsync(Order(Side.Buy, OrderType.Limit, "resting", 0.01m, Price - 2_000));
        var posted = await Orders.PlaceAsync(Order(Side.Buy, OrderType.Limit, "posted", 0.01m, Price - 1_000) with { TimeInForce = TimeInForce.PostOnly });
        var immediate = await Orders.PlaceAsync(Order(Side.Buy, OrderType.Limit, "immediate", 0.01m, Price + 100) with { TimeInForce = TimeInForce.ImmediateOrCancel });
        var missed = await Orders.PlaceAsync(Order(Side.Buy, OrderType.Limit, "missed", 0.01m, Price - 100) with { TimeInForce = TimeInForce.ImmediateOrCancel });
        await FluentActions.Awaiting(() => Orders.PlaceAsync(Order(Side.Buy, OrderType.Limit, "taking", 0.01m, Price + 100) with { TimeInForce = TimeInForce.PostOnly }))
            .Should().ThrowAsync<ExchangeException>().WithMessage("*code -5022*");

        new[] { resting, posted, immediate, missed }.Select(order => (order.Status, order.TimeInForce)).Should().Equal(("NEW", "GTC"), ("NEW", "GTX"), ("FILLED", "IOC"), ("EXPIRED", "IOC"));
        var open = await Orders.GetOpenAsync(Btc);
        open.Select(order => (order.ClientOrderId, order.Price, order.OrigQty, order.ExecutedQty)).Should().Equal(("resting", Price - 2_000, 0.01m, 0m), ("posted", Price - 1_000, 0.01m, 0m));
        Exchange.OpenOrdersOf(Btc).Select(order => (order.ClientOrderId, order.Request.Price)).Should().Equal(("resting", Price - 2_000), ("posted", Price - 1_000));
        Exchange.Fills.Single().ClientOrderId.Should().Be("immediate");

        (await Orders.CancelAsync(Btc, "resting")).Status.Should().Be("CANCELED");
        await FluentActions.Awaiting(() => Orders.CancelAsync(Btc, "resting")).Should().ThrowAsync<ExchangeException>().WithMessage("*code -2011*");
        (await Orders.GetAsync(Btc, "resting")).Status.Should().Be("CANCELED");
        Exchange.OpenOrdersOf(Btc).Select(order => order.ClientOrderId).Should().Equal("posted");
        await CheckTradesAsync(1);
    }

    [Fact]
    public async Task ConditionalOrders_ListedCanceledAndFired_AreKeptApartFromNormalOnes()
    {
        await Orders.PlaceAsync(Order(Side.Buy, OrderType.Market, "entry", 0.02m));
        var resting = Order(Side.Buy, OrderType.Limit, "resting", 0.01m, Price - 2_000);
        await Orders.PlaceAsync(resting);
        var stop = await Orders.PlaceConditionalAsync(Order(Side.Sell, OrderType.StopMarket, "stop", 0, trigger: Price - 3_000) with { ClosePosition = true });
        var target = await Orders.PlaceConditionalAsync(Order(Side.Sell, OrderType.TakeProfitMarket, "target", 0.02m, trigger: Price + 200) with { ReduceOnly = true });

        (stop.OrderType, stop.AlgoStatus, stop.TriggerPrice, stop.ClosePosition).Should().Be(("STOP_MARKET", "NEW", Price - 3_000, true));
        (target.OrderType, target.AlgoStatus, target.TriggerPrice, target.Quantity, target.ReduceOnly).Should().Be(("TAKE_PROFIT_MARKET", "NEW", Price + 200, 0.02m, true));
        (await Orders.GetOpenAsync(Btc)).Select(order => order.ClientOrderId).Should().Equal("resting");
        (await Orders.GetOpenConditionalAsync(Btc)).Select(order => (order.ClientAlgoId, order.AlgoId)).Should().Equal(("stop", stop.AlgoId), ("target", target.AlgoId));
        await FluentActions.Awaiting(() => Orders.CancelAsync(Btc, "stop")).Should().ThrowAsync<ExchangeException>().WithMessage("*code -2011*");

        await Orders.CancelConditionalAsync("stop");
        (await Orders.GetConditionalAsync("stop")).AlgoStatus.Should().Be("CANCELED");
        (await Orders.GetOpenConditionalAsync(Btc)).Select(order => order.ClientAlgoId).Should().Equal("target");
        Exchange.OpenOrdersOf(Btc).Select(order => order.ClientOrderId).Should().BeEquivalentTo("resting", "target");

        // A bar rises by 150 at most, and the next opens 100 higher.
        _server.AdvanceBars(2);
        await Market.GetServerTimeAsync();
        var (fired, fill) = (await Orders.GetConditionalAsync("target"), Exchange.Fills[^1]);
        (fired.AlgoStatus, fired.ActualPrice, fired.ActualQty).Should().Be(("FINISHED", fill.Price, 0.02m));
        var became = await Orders.GetAsync(Btc, long.Parse(fired.ActualOrderId!, System.Globalization.CultureInfo.InvariantCulture));
        (became.ClientOrderId, became.Status, became.AvgPrice).Should().Be(("target", "FILLED", fill.Price));
        (await Account.GetPositionsAsync(Btc)).Where(position => position.PositionAmt != 0).Should().BeEmpty();
        await CheckTradesAsync(2);
    }

    private static OrderRequest Order(Side side, OrderType type, string id, decimal quantity, decimal? price = null, decimal? trigger = null) => new()
    {
        Symbol = Btc,
        Side = side,
        Type = type,
        ClientOrderId = id,
        Quantity = quantity,
        Price = price,
        TriggerPrice = trigger,
    };

    private void CheckRules(BinanceSymbol symbol)
    {
        (symbol.Symbol, symbol.Status, symbol.ContractType).Should().Be(("BTCUSDT", "TRADING", "PERPETUAL"));
        (symbol.BaseAsset, symbol.QuoteAsset, symbol.MarginAsset).Should().Be(("BTC", "USDT", "USDT"));
        BinanceFilter Filter(string type) => symbol.Filters.Single(filter => filter.FilterType == type);
        Filter("PRICE_FILTER").TickSize.Should().Be(Info.TickSize);
        (Filter("LOT_SIZE").StepSize, Filter("LOT_SIZE").MinQty, Filter("LOT_SIZE").MaxQty).Should().Be((Info.StepSize, Info.MinQuantity, Info.MaxQuantity));
        Filter("MARKET_LOT_SIZE").MaxQty.Should().Be(Info.MaxMarketQuantity);
        Filter("MIN_NOTIONAL").Notional.Should().Be(Info.MinNotional);
    }

    private async Task CheckBalanceAsync()
    {
        var (balance, risk) = ((await Account.GetBalancesAsync()).Should().ContainSingle().Subject, Exchange.RiskOf(Btc));
        (balance.Asset, balance.Balance, balance.AvailableBalance).Should().Be(("USDT", Exchange.Balance, Exchange.AvailableBalance));
        var isCross = risk.MarginMode == MarginMode.Cross;
        (balance.CrossWalletBalance, balance.CrossUnPnl).Should().Be((Exchange.Balance - risk.IsolatedWallet, isCross ? risk.UnrealizedProfit : 0));
    }

    private async Task CheckTradesAsync(int count)
    {
        var trades = await Orders.GetTradesAsync(Btc, _server.Bars.OpenTimeAt(0), _server.Time.AddSeconds(1));
        trades.Should().HaveCount(count);
        trades.Select(trade => (trade.Symbol, trade.Side, trade.Qty, trade.Price, trade.Commission, trade.CommissionAsset, trade.RealizedPnl, trade.Maker, trade.Time)).Should().Equal(
            Exchange.Fills.Select(fill => ("BTCUSDT", fill.Side == Side.Buy ? "BUY" : "SELL", fill.Quantity, fill.Price, fill.Fee, "USDT", fill.RealizedProfit, fill.IsMaker, fill.Time)));
    }
}
