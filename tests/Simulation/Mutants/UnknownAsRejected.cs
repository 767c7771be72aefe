using TradingBot.Tests.Simulation.Worlds;
using TradingBot.Trading;

namespace TradingBot.Tests.Simulation.Mutants;

/// <summary>Takes an order whose answer was lost for one that was refused.</summary>
internal sealed class UnknownAsRejected : Mutant
{
    public override async Task<OrderResult> SubmitAsync(Process process, OrderRequest order, CancellationToken cancellationToken)
    {
        var result = await process.Wire.SubmitAsync(order, cancellationToken);
        return result.Status == OrderStatus.Unknown ? result with { Status = OrderStatus.Rejected } : result;
    }
}
