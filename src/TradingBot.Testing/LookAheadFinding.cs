namespace TradingBot.Testing;

/// <summary>A bar whose output depends on bars after it.</summary>
/// <param name="Index">The index of the bar.</param>
/// <param name="BarOpenTime">The UTC instant at which the bar opened.</param>
/// <param name="Output">The output with the bars that came.</param>
/// <param name="OtherOutput">The output with another future.</param>
/// <param name="Future">What the other future was.</param>
public sealed record LookAheadFinding(int Index, DateTimeOffset BarOpenTime, string Output, string OtherOutput, string Future)
{
    /// <summary>Returns the finding as a sentence.</summary>
    public override string ToString() => FormattableString.Invariant(
        $"The output at bar {Index} ({BarOpenTime:u}) depends on later bars: {Output} with the bars that came, {OtherOutput} with {Future}.");
}
