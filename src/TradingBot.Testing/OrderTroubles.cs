using TradingBot.Trading;

namespace TradingBot.Testing;

/// <summary>Orders that are under way, and orders that the market took only a part of.</summary>
internal sealed class OrderTroubles
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, OrderRequest> _inPart = new(StringComparer.Ordinal);
    private readonly List<(OrderRequest Order, int Due)> _late = [];

    /// <summary>Sends an order on a long way.</summary>
    /// <param name="order">The order.</param>
    /// <param name="due">With which call, counted over all, it arrives.</param>
    public void Delay(OrderRequest order, int due)
    {
        lock (_lock)
        {
            _late.Add((order, due));
        }
    }

    /// <summary>Takes out the orders that arrive before a call.</summary>
    public IReadOnlyList<OrderRequest> Arriving(int call)
    {
        lock (_lock)
        {
            OrderRequest[] arriving = [.. _late.Where(late => late.Due <= call).Select(late => late.Order)];
            _late.RemoveAll(late => late.Due <= call);
            return arriving;
        }
    }

    /// <summary>Gets the part of an order that the market takes.</summary>
    public OrderRequest PartOf(OrderRequest order, decimal share, decimal step)
    {
        lock (_lock)
        {
            _inPart[order.ClientOrderId] = order;
        }

        var quantity = order.Quantity * share;
        return order with { Quantity = quantity - (quantity % step) };
    }

    /// <summary>Shows an order that was taken in part as it was sent.</summary>
    public OrderResult? AsSent(OrderResult? result)
    {
        if (result is not { FilledQuantity: > 0 })
        {
            return result;
        }

        lock (_lock)
        {
            return _inPart.TryGetValue(result.ClientOrderId, out var order)
                ? result with { Request = order, Status = OrderStatus.Expired, Message = "The market took no more." }
                : result;
        }
    }
}
