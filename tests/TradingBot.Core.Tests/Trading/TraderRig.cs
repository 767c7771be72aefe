using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using TradingBot.Core.Tests.Binance;
using TradingBot.Market;
using TradingBot.Prediction;
using TradingBot.Strategies;
using TradingBot.Testing;
using TradingBot.Trading;

namespace TradingBot.Core.Tests.Trading;

/// <summary>A bot on a fake exchange: hourly bars of BTCUSDT, three tenths of 10,000 in one position, a stop at five per cent unless changed.</summary>
internal sealed class TraderRig
{
    public static readonly Symbol Btc = Symbol.Parse("BTCUSDT");
    public static readonly ClientOrderIds Ids = new("tradingbot", Btc);

    public TraderRig(FaultPlan? faults = null, BarSeries? bars = null, int closedBars = 10)
    {
        Exchange = new FakeExchange(bars ?? SampleBars.Flat(30), faults, closedBars);
        (Fetcher, Orderer) = (Exchange, Exchange);
    }

    public FakeExchange Exchange { get; }

    public IFetcher Fetcher { get; set; }

    public IOrderer Orderer { get; set; }

    public IRiskStore Store { get; set; } = new InMemoryRiskStore();

    public IPredictor Predictor { get; set; } = new PersistencePredictor(Interval.OneHour);

    public Action<TradingBotOptions> Configure { get; set; } = _ => { };

    public LogLines Log { get; } = new();

    public RiskState Memory => Store.LoadAsync("tradingbot").GetAwaiter().GetResult();

    /// <summary>Gets the open time of the newest closed bar.</summary>
    public DateTimeOffset Bar => Exchange.Time.GetUtcNow() - TimeSpan.FromHours(1);

    public OrderResult? Stop => Exchange.OpenOrders.SingleOrDefault(order => order.Request.Type == OrderType.StopMarket);

    /// <summary>Gets the legs of all orders that were submitted, in order, without bot and bar: "e s x".</summary>
    public string Legs => string.Join(' ', Exchange.Orders.Select(order => order.ClientOrderId.Split('-')[^1]));

    /// <summary>Makes a trader, as after a start of the process.</summary>
    public Trader Create(Decision decision) => Create(new Fixed(decision));

    public Trader Create(IStrategy strategy)
    {
        var services = new ServiceCollection();
        services.AddSingleton(Store);
        services.AddSingleton<ILogger<Trader>>(new Logger<Trader>(Log));
        services.AddTradingBot(options =>
            {
                (options.Symbol, options.Interval, options.PositionFraction, options.StopLoss) = ("BTCUSDT", Interval.OneHour, 0.3m, 0.05m);
                Configure(options);
            })
            .UseStrategy(strategy)
            .UsePredictor(Predictor)
            .UseFakeExchange(Exchange)
            .UseFetcher(Fetcher)
            .UseOrderer(Orderer);
        return services.BuildServiceProvider().GetRequiredService<Trader>();
    }

    public Task<CycleResult> RunAsync(Decision decision) => Create(decision).RunCycleAsync();

    /// <summary>Runs a cycle of a new trader and moves the clock from wait to wait until it ends.</summary>
    public async Task<CycleResult> RunWaitingAsync(Decision decision)
    {
        var running = RunAsync(decision);
        await Exchange.Time.DriveAsync(running);
        return await running;
    }

    public Task<OrderResult> ByHandAsync(OrderRequest order) => Exchange.SubmitAsync(order with { Symbol = Btc });

    public static OrderRequest Market(Side side, decimal quantity, string id = "by-hand", bool reduceOnly = false) => new()
    {
        Symbol = Btc,
        Side = side,
        Type = OrderType.Market,
        ClientOrderId = id,
        Quantity = quantity,
        ReduceOnly = reduceOnly,
    };

    public static OrderRequest StopOf(Side side, decimal trigger, string id) => new()
    {
        Symbol = Btc,
        Side = side,
        Type = OrderType.StopMarket,
        ClientOrderId = id,
        TriggerPrice = trigger,
        ClosePosition = true,
    };

    internal sealed class Fixed(Decision decision) : IStrategy
    {
        public Decision Decide(in StrategyContext context) => decision;
    }

    /// <summary>Decides one thing when flat and another when holding.</summary>
    internal sealed class ByPosition(Decision flat, Decision holding) : IStrategy
    {
        public int Calls { get; private set; }

        public Decision Decide(in StrategyContext context)
        {
            Calls++;
            return context.Position.IsFlat ? flat : holding;
        }
    }
}
