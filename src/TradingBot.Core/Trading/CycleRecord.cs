using TradingBot.Market;
using TradingBot.Prediction;

namespace TradingBot.Trading;

/// <summary>All that one cycle saw, decided and did. It fills up while the cycle runs; the trader closes it in one place.</summary>
internal sealed class CycleRecord
{
    /// <summary>Gets or sets the account on which the decision was made.</summary>
    public AccountSnapshot? Account { get; set; }

    /// <summary>Gets or sets what was held as the bot's own when the cycle began: above 0 long, below 0 short.</summary>
    public decimal OwnQuantity { get; set; }

    /// <summary>Gets or sets a value indicating whether an entry was found carried out twice when the cycle began.</summary>
    public bool WasDoubled { get; set; }

    /// <summary>Gets or sets the account as it was last read, or <see langword="null"/> when an order has been sent since.</summary>
    public AccountSnapshot? Latest { get; set; }

    /// <summary>Gets or sets the timestamp of the reading that the decision rests on.</summary>
    public long ReadAt { get; set; }

    /// <summary>Gets or sets the timestamp of the last reading.</summary>
    public long LatestAt { get; set; }

    /// <summary>Gets or sets what the bot remembered when the cycle began.</summary>
    public RiskState Memory { get; set; }

    /// <summary>Gets or sets the closed bars, the one that is decided last.</summary>
    public BarSeries? Bars { get; set; }

    /// <summary>Gets or sets what the model said, whatever the strategy was shown of it.</summary>
    public Forecast? Forecast { get; set; }

    /// <summary>Gets or sets what the strategy was shown of it.</summary>
    public Forecast? ShownForecast { get; set; }

    /// <summary>Gets or sets how far the exchange's clock was ahead of the host's, or <see langword="null"/> when it was not read.</summary>
    public TimeSpan? ClockOffset { get; set; }

    /// <summary>Gets or sets what is to be done.</summary>
    public TradePlan Plan { get; set; }

    /// <summary>Gets or sets a value indicating whether the plan is that of an earlier attempt at the same bar.</summary>
    public bool IsRecalled { get; set; }

    /// <summary>Gets or sets the entry that this cycle sent, or <see langword="null"/>: a reading of the account may be from before it.</summary>
    public OrderResult? Entry { get; set; }

    /// <summary>Gets or sets the timestamp at which that entry was sent.</summary>
    public long EnteredAt { get; set; }

    /// <summary>Gets the orders, in order.</summary>
    public List<OrderResult> Orders { get; } = [];

    /// <summary>Gets or sets the first guard that tripped.</summary>
    public GuardFinding? Finding { get; set; }

    /// <summary>Gets or sets a value indicating whether the balance is not what the bot left.</summary>
    public bool IsBalanceForeign { get; set; }

    /// <summary>Gets or sets why something was left undone.</summary>
    public string? Reason { get; set; }

    /// <summary>Gets or sets how the cycle ended, where that does not follow from plan and reason.</summary>
    public CycleOutcome? Outcome { get; set; }

    /// <summary>Gets or sets a value indicating whether the account was set up in this cycle.</summary>
    public bool IsPrepared { get; set; }

    public DateTimeOffset? BarOpenTime => Bars is { Count: > 0 } ? Bars.OpenTimeAt(Bars.Count - 1) : null;

    public CycleResult ToResult() => new()
    {
        Outcome = Outcome ?? (Reason is not null || Finding is not null ? CycleOutcome.Denied : Plan.Exit is null && Plan.Entry is null ? CycleOutcome.Idle : CycleOutcome.Ordered),
        BarOpenTime = Outcome == CycleOutcome.NotReady ? null : BarOpenTime,
        Forecast = Forecast,
        Decision = Plan.Decision,
        Reason = Reason ?? Finding?.Reason,
        Guard = Finding?.Guard,
        Account = Account,
        Orders = Orders,
    };
}
