using TradingBot.Journal;
using TradingBot.Tests.Simulation.Worlds;

namespace TradingBot.Tests.Simulation.Mutants;

/// <summary>Says that a decision is in the journal, and has not written it.</summary>
internal sealed class UnwrittenDecisions : Mutant
{
    public override Task AppendAsync(Process process, JournalEntry entry, CancellationToken cancellationToken) =>
        entry is DecisionEntry ? Task.CompletedTask : process.Wire.AppendAsync(entry, cancellationToken);
}
