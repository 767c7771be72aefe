using TradingBot.Trading;

namespace TradingBot.Binance;

/// <summary>A conditional order changed. What it fills after its trigger comes as a <see cref="BinanceOrderUpdate"/> of the same client id.</summary>
/// <param name="Time">The exchange's time of the change, in UTC.</param>
/// <param name="Order">The order after the change; its status is unknown once it has triggered.</param>
/// <param name="AlgoStatus">Where it stands in the exchange's words, such as "NEW" or "TRIGGERED". An open set.</param>
/// <param name="Reason">Why the triggered order was refused, or <see langword="null"/>.</param>
public sealed record BinanceAlgoOrderUpdate(DateTimeOffset Time, OrderResult Order, string AlgoStatus, string? Reason) : BinanceUserEvent(Time);
