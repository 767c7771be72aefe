using static System.FormattableString;

namespace TradingBot.Trading;

/// <summary>Why an order that a decision asked for is not made.</summary>
/// <param name="Reason">The reason without figures, by which denials are counted.</param>
/// <param name="Message">What was expected and what was found. Its text is made when somebody reads it: in a backtest nobody does.</param>
internal sealed record PlanDenial(string Reason, FormattableString Message)
{
    /// <inheritdoc/>
    public override string ToString() => Invariant(Message);
}
