using TradingBot.Trading;

namespace LambdaHost.Events;

/// <summary>What became of an order.</summary>
/// <param name="Id">The client's id, by which the exchange knows it too.</param>
/// <param name="Side">Buy or Sell.</param>
/// <param name="Type">The kind of order.</param>
/// <param name="Quantity">What was ordered.</param>
/// <param name="Status">How it stands.</param>
/// <param name="Filled">What was filled.</param>
/// <param name="AveragePrice">At which price.</param>
/// <param name="Message">What the exchange or the SDK said of it.</param>
internal sealed record OrderOutcome(
    string Id, string Side, string Type, decimal Quantity, string Status, decimal Filled, decimal? AveragePrice, string? Message)
{
    public static OrderOutcome Of(OrderResult order) => new(
        order.ClientOrderId,
        order.Request.Side.ToString(),
        order.Request.Type.ToString(),
        order.Request.Quantity,
        order.Status.ToString(),
        order.FilledQuantity,
        order.AveragePrice,
        order.Message);
}
