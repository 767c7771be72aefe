using TradingBot.Journal;
using TradingBot.Tests.Simulation.Worlds;

namespace TradingBot.Tests.Simulation.Mutants;

/// <summary>Says that orders are in the journal, and has not written them.</summary>
internal sealed class UnwrittenOrders : Mutant
{
    public override Task AppendAsync(Process process, JournalEntry entry, CancellationToken cancellationToken) =>
        entry is OrderEntry ? Task.CompletedTask : process.Wire.AppendAsync(entry, cancellationToken);
}
