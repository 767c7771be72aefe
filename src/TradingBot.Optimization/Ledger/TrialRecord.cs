namespace TradingBot.Optimization.Ledger;

/// <summary>A trial as the ledger keeps it.</summary>
/// <param name="Parameters">The parameters as <see cref="Parameters.ParameterSet.ToString"/> writes them.</param>
/// <param name="Outcome">What came of it.</param>
/// <param name="RecordedAt">The UTC instant at which it was recorded.</param>
public sealed record TrialRecord(string Parameters, TrialOutcome Outcome, DateTimeOffset RecordedAt);
