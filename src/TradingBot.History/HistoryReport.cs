using TradingBot.Market;

namespace TradingBot.History;

/// <summary>What a download brought, and what is wrong with the history.</summary>
/// <param name="Span">The span that was asked for, up to the last closed bar.</param>
/// <param name="Requests">The number of requests for bars of this interval.</param>
/// <param name="Added">The number of bars that were new.</param>
/// <param name="Revisions">The bars that differ from those stored before, oldest first.</param>
/// <param name="Gaps">The runs of bars within the span that the exchange does not have, oldest first.</param>
public sealed record HistoryReport(BarSpan Span, int Requests, int Added, IReadOnlyList<BarRevision> Revisions, IReadOnlyList<Gap> Gaps);
