namespace TradingBot.Strategies;

/// <summary>Is long while the fast simple moving average of the closes is above the slow one, and short while it is below. It needs no forecasts.</summary>
/// <remarks>
/// <para>A position turns at the first open after the averages have crossed. Averages nearer to each other than 10^-12 of the price are equal,
/// for that is rounding; equal averages change nothing.</para>
/// <para>It is here to compare with: as the baseline that a model should beat, and as a strategy that every other engine has.</para>
/// </remarks>
public sealed class SmaCrossoverStrategy : IStrategy
{
    private const double Rounding = 1e-12;
    private readonly int _fast;
    private readonly int _slow;
    private readonly bool _waitsForCross;

    /// <summary>Initializes the strategy.</summary>
    /// <exception cref="ArgumentException">A setting is outside its range; the message lists every fault.</exception>
    public SmaCrossoverStrategy(SmaCrossoverOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        if (options.Faults().ToArray() is { Length: > 0 } faults)
        {
            throw new ArgumentException(string.Join(' ', faults), nameof(options));
        }

        (_fast, _slow, _waitsForCross) = (options.Fast, options.Slow, options.WaitForCross);
    }

    /// <inheritdoc/>
    public int Lookback => _waitsForCross ? _slow + 1 : _slow;

    /// <inheritdoc/>
    public Decision Decide(in StrategyContext context)
    {
        var closes = context.Bars.Closes;
        var side = SideAt(closes);
        if (side == 0 || (_waitsForCross && context.Position.IsFlat && side == SideAt(closes[..^1])))
        {
            return Decision.None;
        }

        return side > 0 ? Decision.Long.Because("fast average above slow") : Decision.Short.Because("fast average below slow");
    }

    // Above 0 where the fast average is above the slow one.
    private int SideAt(ReadOnlySpan<double> closes)
    {
        var (fast, slow) = (MovingAverage.Simple(closes[^_fast..]), MovingAverage.Simple(closes[^_slow..]));
        var rounding = slow * Rounding;
        return fast > slow + rounding ? 1 : fast < slow - rounding ? -1 : 0;
    }
}
