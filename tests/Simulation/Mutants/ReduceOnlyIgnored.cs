using TradingBot.Tests.Simulation.Worlds;
using TradingBot.Trading;

namespace TradingBot.Tests.Simulation.Mutants;

/// <summary>Sends exits that may open a position.</summary>
internal sealed class ReduceOnlyIgnored : Mutant
{
    public override Task<OrderResult> SubmitAsync(Process process, OrderRequest order, CancellationToken cancellationToken) =>
        process.Wire.SubmitAsync(order with { ReduceOnly = false }, cancellationToken);
}
