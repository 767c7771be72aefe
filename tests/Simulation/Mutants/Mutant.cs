using TradingBot.Tests.Simulation.Worlds;
using TradingBot.Trading;

namespace TradingBot.Tests.Simulation.Mutants;

/// <summary>A fault that is built into a bot on purpose, between the trader and the world: the checks must find it.</summary>
internal abstract class Mutant
{
    public virtual IFetcher FetcherOf(Process process) => process.Wire;

    public virtual IOrderer OrdererOf(Process process) => process.Wire;

    public virtual IRiskStore StoreOf(Process process) => process.Wire;
}
