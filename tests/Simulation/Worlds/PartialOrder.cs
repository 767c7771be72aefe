using TradingBot.Simulation;
using TradingBot.Trading;

namespace TradingBot.Tests.Simulation.Worlds;

/// <summary>An order of which only a part was given to the simulated exchange.</summary>
/// <param name="request">The order as its owner sent it.</param>
/// <param name="fillsBefore">How many trades there were before it.</param>
internal sealed class PartialOrder(OrderRequest request, int fillsBefore)
{
    /// <summary>Gets or sets a value indicating whether its owner has canceled the rest.</summary>
    public bool IsCanceled { get; set; }

    /// <summary>Shows the order as its owner is to see it.</summary>
    /// <param name="part">The part, as it stands.</param>
    /// <param name="fills">All trades.</param>
    public OrderResult Shown(OrderResult part, IReadOnlyList<Fill> fills) => part.Status switch
    {
        OrderStatus.Filled when request.Type != OrderType.Limit =>
            part with { Request = request, Status = OrderStatus.Expired, Message = "There was no more to trade with." },
        OrderStatus.Filled when IsCanceled => part with { Request = request, Status = OrderStatus.Canceled },
        OrderStatus.Filled when IsLiquidatedSince(fills) => part with { Request = request, Status = OrderStatus.Expired },
        OrderStatus.Filled => part with { Request = request, Status = OrderStatus.PartiallyFilled },
        _ => part with { Request = request },
    };

    // A liquidation ends every order of its market.
    private bool IsLiquidatedSince(IReadOnlyList<Fill> fills)
    {
        for (var i = fills.Count - 1; i >= fillsBefore; i--)
        {
            if (fills[i].IsLiquidation)
            {
                return true;
            }
        }

        return false;
    }
}
