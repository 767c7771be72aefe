using TradingBot.Market;
using TradingBot.Tests.Simulation.Worlds;
using TradingBot.Trading;

namespace TradingBot.Tests.Simulation.Mutants;

/// <summary>Sends stops that buy where they must sell.</summary>
internal sealed class StopOnWrongSide : Mutant
{
    public override Task<OrderResult> SubmitAsync(Process process, OrderRequest order, CancellationToken cancellationToken) => process.Wire.SubmitAsync(
        order.Type == OrderType.StopMarket ? order with { Side = order.Side == Side.Buy ? Side.Sell : Side.Buy } : order, cancellationToken);
}
