using TradingBot.Market;

namespace TradingBot.History;

/// <summary>A bar that came with other values than those stored, or did not come any more.</summary>
/// <param name="Stored">The bar as it was stored.</param>
/// <param name="Received">The bar as it came later, which is stored from then on; <see langword="null"/> when the source no longer had it, and the stored one stays.</param>
/// <param name="SeenAt">When the difference was seen, in UTC.</param>
public sealed record BarRevision(Bar Stored, Bar? Received, DateTimeOffset SeenAt);
