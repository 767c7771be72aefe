using TradingBot.Tests.Simulation.Worlds;
using TradingBot.Trading;

namespace TradingBot.Tests.Simulation.Mutants;

/// <summary>Never finds an order that was sent before.</summary>
internal sealed class NothingFound : Mutant
{
    public override Task<OrderResult?> FindAsync(Process process, OrderQuery query, CancellationToken cancellationToken) =>
        Task.FromResult<OrderResult?>(null);

    public override Task<OrderResult> SubmitAsync(Process process, OrderRequest order, CancellationToken cancellationToken) =>
        process.Wire.SubmitBlindlyAsync(order, cancellationToken);
}
