using TradingBot.Market;
using TradingBot.Prediction;
using TradingBot.Strategies;
using TradingBot.Trading;

namespace ConsoleHost.Live;

/// <summary>What the view shows.</summary>
internal sealed class LiveState(LiveAccount account, string symbol, Interval interval, string system, LiveMessages messages)
{
    private const int MostOrders = 20;
    private readonly List<OrderResult> _orders = [];

    public LiveAccount AccountKind => account;

    public string Symbol => symbol;

    public Interval Interval => interval;

    public string System => system;

    public LiveMessages Messages => messages;

    public MarketPrice? Price { get; set; }

    public AccountSnapshot? Account { get; set; }

    public Forecast? Forecast { get; private set; }

    public Decision? Decision { get; private set; }

    public CycleOutcome? Outcome { get; private set; }

    public string? Reason { get; private set; }

    public DateTimeOffset? DecidedBar { get; private set; }

    public int Cycles { get; private set; }

    /// <summary>Gets the latest orders, the newest first.</summary>
    public IReadOnlyList<OrderResult> Orders => _orders;

    /// <summary>Gets the orders of the last cycle, the oldest first.</summary>
    public IReadOnlyList<OrderResult> LastOrders { get; private set; } = [];

    /// <summary>Gets when the bar that is open now closes, or <see langword="null"/> before the first cycle.</summary>
    public DateTimeOffset? NextCycle => DecidedBar + (interval.Length * 2);

    public void Add(CycleResult result)
    {
        Cycles++;
        (Forecast, Decision, Outcome, Reason) = (result.Forecast, result.Decision, result.Outcome, result.Reason ?? result.Decision.Reason);
        (DecidedBar, Account, LastOrders) = (result.BarOpenTime ?? DecidedBar, result.Account ?? Account, result.Orders);
        foreach (var order in result.Orders)
        {
            _orders.RemoveAll(known => known.ClientOrderId == order.ClientOrderId);
            _orders.Insert(0, order);
        }

        if (_orders.Count > MostOrders)
        {
            _orders.RemoveRange(MostOrders, _orders.Count - MostOrders);
        }
    }
}
