using TradingBot.Tests.Simulation.Worlds;
using TradingBot.Trading;

namespace TradingBot.Tests.Simulation.Mutants;

/// <summary>Says that an order is canceled, and does not cancel it.</summary>
internal sealed class DroppedCancels : Mutant
{
    public override async Task<OrderResult?> CancelAsync(Process process, OrderQuery query, CancellationToken cancellationToken) =>
        await process.Wire.FindAsync(query, cancellationToken) is { } order ? order with { Status = OrderStatus.Canceled } : null;
}
