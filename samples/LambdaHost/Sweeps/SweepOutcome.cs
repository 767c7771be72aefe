using TradingBot.Optimization;
using TradingBot.Optimization.Ledger;

namespace LambdaHost.Sweeps;

/// <summary>What came of a search: the best combination, and how much of it is luck.</summary>
internal sealed record SweepOutcome
{
    public required string DataHash { get; init; }

    public required int Trials { get; init; }

    public required int Refused { get; init; }

    public required string? Best { get; init; }

    public required TrialOutcome? BestOutcome { get; init; }

    public required SweepSummary Summary { get; init; }

    /// <summary>Gets the scores of all combinations, in the order of the search.</summary>
    public required IReadOnlyList<double?> Scores { get; init; }

    public static SweepOutcome Of(SweepResult result, string dataHash, Objective objective) => new()
    {
        DataHash = dataHash,
        Trials = result.Trials.Count,
        Refused = result.Trials.Count(trial => trial.Outcome.Refusal is not null),
        Best = result.Best?.Parameters.ToString(),
        BestOutcome = result.Best?.Outcome,
        Summary = result.Summary,
        Scores = [.. result.Trials.Select(trial => trial.Score(objective))],
    };
}
