using TradingBot.Market;
using TradingBot.Trading;

namespace TradingBot.Journal;

/// <summary>What filled of an order.</summary>
internal sealed record LiveFill(string ClientOrderId, Side Side, decimal Quantity, decimal Price, bool IsMaker)
{
    public static LiveFill Of(OrderResult order) => new(
        order.ClientOrderId, order.Request.Side, order.FilledQuantity, order.AveragePrice!.Value, order.Request.Type == OrderType.Limit);
}
