using TradingBot.Journal;
using TradingBot.Tests.Simulation.Worlds;

namespace TradingBot.Tests.Simulation.Mutants;

/// <summary>Says that entries of one kind are in the journal, and has not written them.</summary>
internal sealed class Unwritten<TEntry> : Mutant
    where TEntry : JournalEntry
{
    public override Task AppendAsync(Process process, JournalEntry entry, CancellationToken cancellationToken) =>
        entry is TEntry ? Task.CompletedTask : process.Wire.AppendAsync(entry, cancellationToken);
}
