using TradingBot.Tests.Simulation.Worlds;
using TradingBot.Trading;

namespace TradingBot.Tests.Simulation.Mutants;

/// <summary>Sends an order again when its answer was lost, without looking it up first.</summary>
internal sealed class RetryWithoutLookup : Mutant
{
    public override async Task<OrderResult> SubmitAsync(Process process, OrderRequest order, CancellationToken cancellationToken)
    {
        var result = await process.Wire.SubmitAsync(order, cancellationToken);
        return result.Status == OrderStatus.Unknown ? await process.Wire.SubmitBlindlyAsync(order, cancellationToken) : result;
    }
}
