using TradingBot.Journal;
using TradingBot.Tests.Simulation.Worlds;
using TradingBot.Trading;

namespace TradingBot.Tests.Simulation.Checks;

/// <summary>Where a journal is kept, nothing is entered on a bar whose decision it does not hold, and what a cycle did is in it unless the journal failed.</summary>
internal sealed class JournalAudit(Auditor auditor, World world)
{
    private readonly HashSet<DateTimeOffset> _decided = [];
    private readonly HashSet<string> _entries = new(StringComparer.Ordinal);
    private readonly HashSet<(string Id, OrderStatus Status, decimal Filled)> _orders = [];

    private bool _hasFailed;

    /// <summary>Is told that an entry did not get into the journal.</summary>
    public void OnFailed() => _hasFailed = true;

    public void OnWritten(JournalEntry entry)
    {
        switch (entry)
        {
            case DecisionEntry decision:
                _decided.Add(decision.BarOpenTime);
                _entries.Add(world.Bot.Ids.For(decision.BarOpenTime, OrderLeg.Entry));
                _entries.Add(world.Bot.Ids.For(decision.BarOpenTime, OrderLeg.EntryRest));
                break;
            case OrderEntry { Order: var order }:
                _orders.Add((order.ClientOrderId, order.Status, order.FilledQuantity));
                break;
        }
    }

    public void OnAccepted(OrderRequest order)
    {
        if (world.Settings.KeepsJournal && !order.ReduceOnly && !order.ClosePosition)
        {
            auditor.Require(_entries.Contains(order.ClientOrderId), $"The entry {order.ClientOrderId} was sent, and the journal does not hold its decision.");
        }
    }

    public void OnCycleEnded(Process process, CycleResult result)
    {
        if (!world.Settings.KeepsJournal || process.HasUnwritten)
        {
            return;
        }

        // A cycle without a bar halted before it decided, one that was held up too often did not decide either, and a decision that could not be
        // written down is not written by the next attempt at the bar.
        auditor.Require(
            _hasFailed || result.BarOpenTime is not { } bar || result.Guard == Guard.LateDecision || _decided.Contains(bar),
            $"The cycle of {result.BarOpenTime} has ended, and the journal does not hold its decision.");
        foreach (var order in result.Orders)
        {
            auditor.Require(
                _orders.Contains((order.ClientOrderId, order.Status, order.FilledQuantity)), $"The cycle reports {TraceText.Of(order)}, and the journal does not hold it.");
        }
    }
}
