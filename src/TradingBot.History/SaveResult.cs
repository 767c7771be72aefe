namespace TradingBot.History;

/// <summary>What saving bars changed.</summary>
/// <param name="Added">The number of bars that were new.</param>
/// <param name="Unchanged">The number of bars that were stored already with the same values.</param>
/// <param name="Revisions">The bars that differ from those stored, oldest first.</param>
public sealed record SaveResult(int Added, int Unchanged, IReadOnlyList<BarRevision> Revisions);
