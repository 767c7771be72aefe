using TradingBot.Tests.Simulation.Worlds;
using TradingBot.Trading;

namespace TradingBot.Tests.Simulation.Mutants;

/// <summary>Says that a stop waits on the exchange, and has not sent it.</summary>
internal sealed class StopNotSent : Mutant
{
    public override Task<OrderResult> SubmitAsync(Process process, OrderRequest order, CancellationToken cancellationToken) =>
        order.Type == OrderType.StopMarket
            ? Task.FromResult(new OrderResult { Request = order, Status = OrderStatus.New })
            : process.Wire.SubmitAsync(order, cancellationToken);
}
