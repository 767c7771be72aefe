using System.Globalization;
using System.Text.Json;
using TradingBot.Binance;
using TradingBot.Binance.Protocol;
using TradingBot.Core.Tests.Market;
using TradingBot.Market;
using TradingBot.Trading;

namespace TradingBot.Core.Tests.Binance;

public sealed class OrderFiltersTests
{
    private const decimal Mark = 61850.4m;
    private static readonly BinanceSymbol Listed = JsonSerializer.Deserialize(Samples.ExchangeInfo, BinanceJson.Default.BinanceExchangeInfo)!.Symbols[1];
    private readonly OrderFilters _filters = new(TestBars.BtcUsdt, Listed);

    [Theory]
    [InlineData("0.0209", "0.020")]
    [InlineData("0.02", "0.02")]
    [InlineData("0.001999", "0.001")]
    [InlineData("120.0009", "120")]
    public void Fit_AMarketOrder_IsRoundedDownToTheStep(string quantity, string expected)
    {
        var (order, denial) = _filters.Fit(Orders.MarketBuy() with { Quantity = Number(quantity) }, Mark);
        denial.Should().BeNull();
        order.Quantity.Should().Be(Number(expected));
    }

    [Theory]
    [InlineData(Side.Buy, "61800.09", "61800.0")]
    [InlineData(Side.Sell, "61800.01", "61800.1")]
    [InlineData(Side.Sell, "61800.1", "61800.1")]
    public void Fit_ALimitPrice_IsNeverWorseForItsOwner(Side side, string price, string expected)
    {
        var (order, denial) = _filters.Fit(Orders.LimitBuy(Number(price)) with { Side = side }, Mark);
        denial.Should().BeNull();
        order.Price.Should().Be(Number(expected));
    }

    [Theory]
    [InlineData(OrderType.StopMarket, Side.Sell, "59900.01", "59900.1")]
    [InlineData(OrderType.StopMarket, Side.Buy, "59900.09", "59900.0")]
    [InlineData(OrderType.TakeProfitMarket, Side.Sell, "69900.09", "69900.0")]
    [InlineData(OrderType.TakeProfitMarket, Side.Buy, "49900.01", "49900.1")]
    public void Fit_ATrigger_FiresNoLaterThanAskedFor(OrderType type, Side side, string trigger, string expected)
    {
        var (order, denial) = _filters.Fit(Orders.Stop() with { Type = type, Side = side, TriggerPrice = Number(trigger) }, null);
        denial.Should().BeNull();
        order.TriggerPrice.Should().Be(Number(expected));
    }

    [Fact]
    public void Fit_TheTickCountsFromTheLowestPrice()
    {
        var filters = With("PRICE_FILTER", filter => filter with { MinPrice = 0.05m });
        filters.Fit(Orders.LimitBuy(60000.1m), Mark).Order.Price.Should().Be(60000.05m);
    }

    public static TheoryData<string, OrderRequest, RejectReason, string> Refused => new()
    {
        { "below the step", Orders.MarketBuy() with { Quantity = 0.0009m }, RejectReason.Quantity, "MARKET_LOT_SIZE: quantity 0.0009 is 0.000 in steps of 0.001, below the minimum of 0.001." },
        { "limit below the step", Orders.LimitBuy(61000) with { Quantity = 0.0009m }, RejectReason.Quantity, "LOT_SIZE: quantity 0.0009*" },
        { "too large", Orders.MarketBuy() with { Quantity = 120.001m }, RejectReason.Quantity, "MARKET_LOT_SIZE: quantity 120.001 is above the maximum of 120." },
        { "limit too large", Orders.LimitBuy(61000) with { Quantity = 1000.001m }, RejectReason.Quantity, "LOT_SIZE: quantity 1000.001 is above the maximum of 1000." },
        { "too little money", Orders.LimitBuy(49999) with { Quantity = 0.001m }, RejectReason.MinNotional, "MIN_NOTIONAL: 0.001 at 49999* is 49.999*, below the minimum of 50." },
        { "stop for too little money", Orders.Stop() with { ReduceOnly = false, TriggerPrice = 49999, Quantity = 0.001m }, RejectReason.MinNotional, "MIN_NOTIONAL: *" },
        { "price too low", Orders.LimitBuy(499.9m) with { Quantity = 1 }, RejectReason.Price, "PRICE_FILTER: price 499.9 is below the minimum of 500.00." },
        { "price too high", Orders.Stop() with { TriggerPrice = 5_000_000.1m }, RejectReason.Price, "PRICE_FILTER: price 5000000.1 is above the maximum of 5000000." },
        { "buy far above the market", Orders.LimitBuy(64943m), RejectReason.Price, "PERCENT_PRICE: a buy at 64943* is above 1.0500 times the mark price of 61850.4." },
        { "sell far below the market", Orders.LimitBuy(58757.8m) with { Side = Side.Sell }, RejectReason.Price, "PERCENT_PRICE: a sell at 58757.8 is below 0.9500 times the mark price of 61850.4." },
        { "market with a price", Orders.MarketBuy() with { Price = 1 }, RejectReason.InvalidOrder, "A limit order needs a price*" },
        { "limit without a price", Orders.MarketBuy() with { Type = OrderType.Limit }, RejectReason.InvalidOrder, "A limit order needs a price*" },
        { "stop without a trigger", Orders.Stop() with { TriggerPrice = null }, RejectReason.InvalidOrder, "*needs a trigger price*" },
        { "market with a trigger", Orders.MarketBuy() with { TriggerPrice = 1 }, RejectReason.InvalidOrder, "*needs a trigger price*" },
        { "closing with a quantity", Orders.Stop() with { ClosePosition = true }, RejectReason.InvalidOrder, "*has the quantity 0." },
        { "market that closes", Orders.MarketBuy() with { ClosePosition = true, Quantity = 0 }, RejectReason.InvalidOrder, "Only a stop or take-profit*" },
        { "price of 0", Orders.LimitBuy(0), RejectReason.InvalidOrder, "PRICE_FILTER: prices must be above 0." },
        { "negative quantity", Orders.MarketBuy() with { Quantity = -1 }, RejectReason.Quantity, "MARKET_LOT_SIZE*" },
        { "no id", Orders.MarketBuy() with { ClientOrderId = "" }, RejectReason.InvalidOrder, "The client order id*" },
        { "long id", Orders.MarketBuy() with { ClientOrderId = new string('a', 37) }, RejectReason.InvalidOrder, "The client order id*" },
        { "strange id", Orders.MarketBuy() with { ClientOrderId = "a&b" }, RejectReason.InvalidOrder, "The client order id*" },
        { "no side", Orders.MarketBuy() with { Side = (Side)9 }, RejectReason.InvalidOrder, "Type, side*" },
    };

    [Theory]
    [MemberData(nameof(Refused))]
    public void Fit_AnOrderThatBreaksARule_NamesTheRule(string why, OrderRequest order, RejectReason reason, string message)
    {
        var denial = _filters.Fit(order, Mark).Denial;
        denial.Should().NotBeNull(why);
        denial!.Reason.Should().Be(reason);
        denial.Message.Should().Match(message);
    }

    [Fact]
    public void Fit_OrdersAtTheVeryLimit_Pass()
    {
        OrderRequest[] orders =
        [
            Orders.LimitBuy(50000) with { Quantity = 0.001m },
            Orders.LimitBuy(64942.9m),
            Orders.LimitBuy(58757.9m) with { Side = Side.Sell },
            Orders.MarketBuy() with { Quantity = 0.001m, ReduceOnly = true },
            Orders.Stop() with { ClosePosition = true, Quantity = 0, ReduceOnly = false },
            Orders.MarketBuy() with { ClientOrderId = "A.b:c/d_e-0" },
        ];
        orders.Should().AllSatisfy(order => _filters.Fit(order, Mark).Denial.Should().BeNull());
        _filters.Fit(Orders.LimitBuy(499.9m) with { Quantity = 0.001m, ReduceOnly = true }, 500).Denial!.Message.Should().StartWith("PRICE_FILTER", "reduce-only is exempt from the notional alone");
    }

    [Theory]
    [InlineData("TRADING", false, null)]
    [InlineData(null, false, null)]
    [InlineData("SETTLING", false, RejectReason.Symbol)]
    [InlineData("A_STATE_OF_TOMORROW", false, RejectReason.Symbol)]
    [InlineData("TRADING_CANCEL_ONLY", true, null)] // the exchange may still take what shrinks a position
    public void Fit_ASymbolThatIsNotTraded_TakesNoNewPosition(string? status, bool reduceOnly, RejectReason? expected)
    {
        var filters = new OrderFilters(TestBars.BtcUsdt, Listed with { Status = status });
        (filters.Fit(Orders.MarketBuy() with { ReduceOnly = reduceOnly }, Mark).Denial?.Reason).Should().Be(expected);
    }

    [Fact]
    public void Info_DifferentStepsForMarketOrders_TakesTheCoarser()
    {
        var filters = With("MARKET_LOT_SIZE", filter => filter with { StepSize = 0.01m, MinQty = 0.05m });
        filters.Info.StepSize.Should().Be(0.01m);
        filters.Info.MinQuantity.Should().Be(0.05m);
        filters.Fit(Orders.MarketBuy() with { Quantity = 0.069m }, Mark).Order.Quantity.Should().Be(0.06m);
        filters.Fit(Orders.LimitBuy(60000) with { Quantity = 0.0695m }, Mark).Order.Quantity.Should().Be(0.069m);
    }

    [Theory]
    [InlineData("PRICE_FILTER")]
    [InlineData("LOT_SIZE")]
    public void Constructor_WithoutARuleThatOrdersNeed_Throws(string missing)
    {
        var create = () => new OrderFilters(TestBars.BtcUsdt, Listed with { Filters = [.. Listed.Filters.Where(filter => filter.FilterType != missing)] });
        create.Should().Throw<ExchangeException>().WithMessage($"The exchange lists BTCUSDT without {missing}; its orders cannot be checked.");
    }

    [Fact]
    public void Fit_AnyOrder_IsNeverLargerAndKeepsTheSteps() => Properties.ForAll(Properties.Randoms, random =>
    {
        var order = Orders.LimitBuy(58758 + (decimal)(random.NextDouble() * 6000)) with { Quantity = (decimal)random.NextDouble() * 10, Side = random.Next(2) == 0 ? Side.Buy : Side.Sell };
        var (fitted, denial) = _filters.Fit(order, Mark);
        if (denial is null)
        {
            fitted.Quantity.Should().BeLessThanOrEqualTo(order.Quantity).And.BeGreaterThan(order.Quantity - 0.001m);
            (fitted.Quantity % 0.001m).Should().Be(0);
            (fitted.Price!.Value % 0.1m).Should().Be(0);
            (order.Side == Side.Buy ? order.Price - fitted.Price : fitted.Price - order.Price).Should().BeInRange(0, 0.1m);
        }
    });

    private static OrderFilters With(string type, Func<BinanceFilter, BinanceFilter> change) =>
        new(TestBars.BtcUsdt, Listed with { Filters = [.. Listed.Filters.Select(filter => filter.FilterType == type ? change(filter) : filter)] });

    private static decimal Number(string text) => decimal.Parse(text, CultureInfo.InvariantCulture);
}
