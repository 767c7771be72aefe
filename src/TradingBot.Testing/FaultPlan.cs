namespace TradingBot.Testing;

/// <summary>What goes wrong on a fake exchange, call by call. Plans are immutable and always come out the same.</summary>
/// <example><code>FaultPlan.None.On(ExchangeCall.Submit, 1, Fault.AnswerLost).On(ExchangeCall.FetchBars, 2, Fault.NetworkDown)</code></example>
public sealed class FaultPlan
{
    private readonly Dictionary<(ExchangeCall Call, int Number), Fault> _faults;

    private FaultPlan(Dictionary<(ExchangeCall Call, int Number), Fault> faults) => _faults = faults;

    /// <summary>Gets the plan in which everything works.</summary>
    public static FaultPlan None { get; } = new([]);

    /// <summary>Gets the plan in which the first order is carried out, but its answer is lost.</summary>
    public static FaultPlan LoseFirstOrderAnswer { get; } = None.On(ExchangeCall.Submit, 1, Fault.AnswerLost);

    /// <summary>Gets the plan in which the first order is lost on its way, and the caller cannot know.</summary>
    public static FaultPlan LoseFirstOrderRequest { get; } = None.On(ExchangeCall.Submit, 1, Fault.RequestLost);

    /// <summary>Adds a fault to the plan.</summary>
    /// <param name="call">The call that it strikes.</param>
    /// <param name="number">The how-manieth call of that kind, from 1.</param>
    /// <param name="fault">What goes wrong.</param>
    /// <returns>The longer plan; a fault planned for the same call before is replaced.</returns>
    public FaultPlan On(ExchangeCall call, int number, Fault fault)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(number, 1);
        ArgumentNullException.ThrowIfNull(fault);
        return new FaultPlan(new Dictionary<(ExchangeCall, int), Fault>(_faults) { [(call, number)] = fault });
    }

    internal Fault? For(ExchangeCall call, int number) => _faults.GetValueOrDefault((call, number));
}
