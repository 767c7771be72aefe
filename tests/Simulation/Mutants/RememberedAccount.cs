using TradingBot.Market;
using TradingBot.Tests.Simulation.Worlds;
using TradingBot.Trading;

namespace TradingBot.Tests.Simulation.Mutants;

/// <summary>Reads the account once in a process and believes its memory from then on.</summary>
internal sealed class RememberedAccount : Mutant
{
    private readonly Dictionary<Process, AccountSnapshot> _remembered = [];

    public override async Task<AccountSnapshot> GetAccountAsync(Process process, Symbol symbol, CancellationToken cancellationToken) =>
        _remembered.TryGetValue(process, out var known)
            ? known
            : _remembered[process] = await process.Wire.GetAccountAsync(symbol, cancellationToken);
}
