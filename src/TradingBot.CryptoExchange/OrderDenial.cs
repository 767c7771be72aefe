using TradingBot.Trading;

namespace TradingBot.CryptoExchange;

/// <summary>Why an order is not sent.</summary>
internal sealed record OrderDenial(RejectReason Reason, string Message);
