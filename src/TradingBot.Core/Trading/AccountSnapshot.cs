using TradingBot.Market;

namespace TradingBot.Trading;

/// <summary>What the exchange says of an account and its dealings in one symbol. Amounts are in the settlement asset.</summary>
public sealed record AccountSnapshot
{
    /// <summary>Gets the wallet balance, unrealised profit apart.</summary>
    public required decimal Balance { get; init; }

    /// <summary>Gets what is free for new margin.</summary>
    public required decimal AvailableBalance { get; init; }

    /// <summary>Gets the position in the symbol.</summary>
    public required Position Position { get; init; }

    /// <summary>Gets the open orders of the symbol, conditional ones included.</summary>
    public required IReadOnlyList<OrderResult> OpenOrders { get; init; }
}
