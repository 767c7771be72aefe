using TradingBot.Market;

namespace TradingBot.Trading;

/// <summary>Names an order by its owner's id.</summary>
/// <param name="Symbol">The market.</param>
/// <param name="ClientOrderId">The owner's id.</param>
public sealed record OrderQuery(Symbol Symbol, string ClientOrderId);
