using TradingBot.Market;
using TradingBot.Simulation;
using TradingBot.Trading;

namespace TradingBot.Core.Tests.Simulation;

/// <summary>A simulated exchange with one market, hourly bars from midnight, and short forms of its calls.</summary>
internal sealed class Rig
{
    public static readonly Symbol Btc = Symbol.Parse("BTCUSDT");
    public static readonly Symbol Eth = Symbol.Parse("ETHUSDT");
    public static readonly DateTimeOffset Start = new(2026, 3, 2, 0, 0, 0, TimeSpan.Zero);
    private int _orders;

    public Rig(SimulatedExchangeOptions? options = null) => Exchange = new SimulatedExchange(options ?? Free());

    public SimulatedExchange Exchange { get; }

    public DateTimeOffset Now { get; set; } = Start;

    public Position Position => Exchange.PositionOf(Btc);

    public static SymbolInfo InfoOf(Symbol symbol) => new()
    {
        Symbol = symbol,
        TickSize = 0.10m,
        StepSize = 0.001m,
        MinQuantity = 0.001m,
        MaxQuantity = 1000m,
        MaxMarketQuantity = 120m,
        MinNotional = 50m,
    };

    /// <summary>An account of 10,000 without costs, so that numbers are easy to follow.</summary>
    public static SimulatedExchangeOptions Free(FundingSchedule? funding = null, MarginTiers? tiers = null) => new()
    {
        Markets = [new MarketListing(InfoOf(Btc)) { Funding = funding ?? FundingSchedule.None, MarginTiers = tiers ?? MarginTiers.Typical }],
        MakerFeeRate = 0,
        TakerFeeRate = 0,
        Slippage = SlippageModel.None,
    };

    public void Bar(double open, double high, double low, double close) => Bar(Btc, TimeSpan.FromHours(1), open, high, low, close);

    public void Bar(Symbol symbol, TimeSpan length, double open, double high, double low, double close)
    {
        Exchange.Advance(symbol, new Bar(Now, length, open, high, low, close, 1));
        Now += length;
    }

    public void Flat(double price) => Bar(price, price, price, price);

    public void Tick(decimal price) => Exchange.AdvanceTick(Btc, Now, price);

    public OrderResult Market(Side side, decimal quantity, bool reduceOnly = false, string? id = null) =>
        Submit(new OrderRequest { Symbol = Btc, Side = side, Type = OrderType.Market, ClientOrderId = id ?? NextId(), Quantity = quantity, ReduceOnly = reduceOnly });

    public OrderResult Limit(Side side, decimal quantity, decimal price, TimeInForce timeInForce = TimeInForce.GoodTillCanceled, bool reduceOnly = false) =>
        Submit(new OrderRequest
        {
            Symbol = Btc,
            Side = side,
            Type = OrderType.Limit,
            ClientOrderId = NextId(),
            Quantity = quantity,
            Price = price,
            TimeInForce = timeInForce,
            ReduceOnly = reduceOnly,
        });

    public OrderResult Stop(Side side, decimal trigger, decimal quantity = 0, bool reduceOnly = false) =>
        Conditional(OrderType.StopMarket, side, trigger, quantity, reduceOnly);

    public OrderResult Target(Side side, decimal trigger, decimal quantity = 0, bool reduceOnly = false) =>
        Conditional(OrderType.TakeProfitMarket, side, trigger, quantity, reduceOnly);

    public OrderResult Submit(OrderRequest order) => Exchange.Submit(order);

    public OrderResult Find(OrderResult order) => Exchange.Find(order.Request.Symbol, order.ClientOrderId)!;

    /// <summary>Buys or sells at a price by a market order between two flat bars.</summary>
    public void Open(Side side, decimal quantity, decimal price)
    {
        if (Exchange.Time is null)
        {
            Flat((double)price);
        }

        Market(side, quantity).Status.Should().Be(OrderStatus.New);
        Flat((double)price);
    }

    public void LedgerShouldAddUp() =>
        (Exchange.Options.InitialBalance + Exchange.Ledger.Sum(entry => entry.Amount)).Should().Be(Exchange.Balance);

    public decimal Booked(LedgerEntryKind kind) => Exchange.Ledger.Where(entry => entry.Kind == kind).Sum(entry => entry.Amount);

    private OrderResult Conditional(OrderType type, Side side, decimal trigger, decimal quantity, bool reduceOnly) =>
        Submit(new OrderRequest
        {
            Symbol = Btc,
            Side = side,
            Type = type,
            ClientOrderId = NextId(),
            Quantity = quantity,
            TriggerPrice = trigger,
            ReduceOnly = reduceOnly,
            ClosePosition = quantity == 0,
        });

    private string NextId() => $"t-{++_orders}";
}
