using TradingBot.Market;
using TradingBot.Tests.Simulation.Worlds;
using TradingBot.Trading;

namespace TradingBot.Tests.Simulation.Mutants;

/// <summary>Sends the stop before the entry that it is for.</summary>
internal sealed class StopBeforeFill : Mutant
{
    public override async Task<OrderResult> SubmitAsync(Process process, OrderRequest order, CancellationToken cancellationToken)
    {
        if (order is { ReduceOnly: false, Type: OrderType.Market } && process.World.Settings.StopLoss is { } loss)
        {
            var price = process.World.Venue.Price;
            var side = order.Side == Side.Buy ? Side.Sell : Side.Buy;
            await process.Wire.SubmitAsync(
                new OrderRequest
                {
                    Symbol = order.Symbol,
                    Side = side,
                    Type = OrderType.StopMarket,
                    ClientOrderId = order.ClientOrderId + "s",
                    TriggerPrice = Arena.Info.FitPrice(price * (side == Side.Sell ? 1 - loss : 1 + loss), side),
                    ClosePosition = true,
                },
                cancellationToken);
        }

        return await process.Wire.SubmitAsync(order, cancellationToken);
    }
}
