using TradingBot.Optimization.Ledger;
using TradingBot.Optimization.Parameters;

namespace TradingBot.Optimization;

/// <summary>A trial of a search.</summary>
/// <param name="Parameters">What was tried.</param>
/// <param name="Outcome">What came of it.</param>
/// <param name="IsFromLedger">Whether an earlier search had made it, so that it was not made again.</param>
public sealed record Trial(ParameterSet Parameters, TrialOutcome Outcome, bool IsFromLedger)
{
    /// <summary>Gets the figure that trials are chosen by.</summary>
    /// <returns>Larger is better; <see langword="null"/> when the trial was refused or the figure cannot be computed.</returns>
    public double? Score(Objective objective) => Outcome.Refusal is not null ? null : objective switch
    {
        Objective.Sharpe => Outcome.Sharpe,
        Objective.TotalReturn => Outcome.TotalReturn,
        Objective.ReturnOverDrawdown => Outcome.MaxDrawdown > 0 ? Outcome.TotalReturn / Outcome.MaxDrawdown : null,
        _ => throw new ArgumentOutOfRangeException(nameof(objective), objective, $"Expected one of {string.Join(", ", Enum.GetNames<Objective>())}."),
    };

    /// <summary>Chooses the best trial; of equally good ones the first.</summary>
    internal static Trial? Best(IEnumerable<Trial> trials, Objective objective) =>
        trials.Where(trial => trial.Score(objective) is not null).MaxBy(trial => trial.Score(objective));
}
