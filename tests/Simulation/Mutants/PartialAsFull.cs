using TradingBot.Tests.Simulation.Worlds;
using TradingBot.Trading;

namespace TradingBot.Tests.Simulation.Mutants;

/// <summary>Reports a partial fill as a full one.</summary>
internal sealed class PartialAsFull : Mutant
{
    public override async Task<OrderResult> SubmitAsync(Process process, OrderRequest order, CancellationToken cancellationToken)
    {
        var result = await process.Wire.SubmitAsync(order, cancellationToken);
        return result.FilledQuantity > 0 ? result with { Status = OrderStatus.Filled, FilledQuantity = order.Quantity } : result;
    }
}
