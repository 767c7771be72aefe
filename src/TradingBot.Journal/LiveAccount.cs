using TradingBot.Market;

namespace TradingBot.Journal;

/// <summary>What a bot's account did between the first and the last decision of a span.</summary>
internal sealed record LiveAccount
{
    public required IReadOnlyList<LiveFill> Fills { get; init; }

    public required decimal BalanceChange { get; init; }

    public required decimal EquityChange { get; init; }

    public required decimal RealizedProfit { get; init; }

    public static LiveAccount Of(RecordedSpan span, IReadOnlyList<JournalEntry> entries)
    {
        var fills = entries.SkipWhile(entry => entry != span.First).TakeWhile(entry => entry != span.Last).OfType<OrderEntry>().Select(entry => entry.Order)
            .Where(order => order is { FilledQuantity: > 0, AveragePrice: not null })
            // An order is written whenever it is looked at; the last time tells how far it filled.
            .GroupBy(order => order.ClientOrderId, StringComparer.Ordinal).Select(group => LiveFill.Of(group.Last())).ToArray();
        var (first, last) = (span.First.Account, span.Last.Account);
        return new LiveAccount
        {
            Fills = fills,
            BalanceChange = last.Balance - first.Balance,
            EquityChange = last.Balance + Unrealized(span.Last) - first.Balance,
            RealizedProfit = Realized(fills),
        };
    }

    private static decimal Unrealized(DecisionEntry decision) =>
        decision.Account.Position.IsFlat ? 0 : decision.Account.Position.ProfitAt((decimal)decision.Bars.Closes[^1]);

    private static decimal Realized(IEnumerable<LiveFill> fills)
    {
        var (realized, held, entryPrice) = (0m, 0m, 0m);
        foreach (var fill in fills)
        {
            var signed = fill.Side == Side.Buy ? fill.Quantity : -fill.Quantity;
            if (held * signed >= 0)
            {
                entryPrice = ((held * entryPrice) + (signed * fill.Price)) / (held + signed);
                held += signed;
                continue;
            }

            var closed = Math.Min(Math.Abs(held), fill.Quantity);
            realized += closed * (fill.Price - entryPrice) * Math.Sign(held);
            held += signed;
            entryPrice = fill.Quantity > closed ? fill.Price : entryPrice;
        }

        return realized;
    }
}
