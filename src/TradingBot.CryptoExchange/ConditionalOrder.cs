using TradingBot.Trading;

namespace TradingBot.CryptoExchange;

/// <summary>A conditional order, and the normal order that it has become.</summary>
/// <param name="State">What the conditional order itself says.</param>
/// <param name="PlacedOrderId">The exchange's id of the normal order, or <see langword="null"/> while it waits.</param>
internal sealed record ConditionalOrder(OrderResult State, string? PlacedOrderId);
