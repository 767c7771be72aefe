using TradingBot.Tests.Simulation.Worlds;
using TradingBot.Trading;

namespace TradingBot.Tests.Simulation.Mutants;

/// <summary>Rounds quantities to the next step instead of down.</summary>
internal sealed class RoundedUp : Mutant
{
    public override Task<OrderResult> SubmitAsync(Process process, OrderRequest order, CancellationToken cancellationToken) =>
        process.Wire.SubmitAsync(order with { Quantity = order.Quantity == 0 ? 0 : order.Quantity + Arena.Info.StepSize }, cancellationToken);
}
