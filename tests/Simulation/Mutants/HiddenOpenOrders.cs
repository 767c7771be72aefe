using TradingBot.Market;
using TradingBot.Tests.Simulation.Worlds;
using TradingBot.Trading;

namespace TradingBot.Tests.Simulation.Mutants;

/// <summary>Reads the account without its open orders.</summary>
internal sealed class HiddenOpenOrders : Mutant
{
    public override async Task<AccountSnapshot> GetAccountAsync(Process process, Symbol symbol, CancellationToken cancellationToken) =>
        await process.Wire.GetAccountAsync(symbol, cancellationToken) with { OpenOrders = [] };
}
