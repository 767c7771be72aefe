namespace TradingBot.Binance;

/// <summary>The fees of the account for one contract, as shares of the notional.</summary>
public sealed record BinanceCommission
{
    /// <summary>Gets the exchange's name of the contract.</summary>
    public required string Symbol { get; init; }

    /// <summary>Gets the fee of an order that waited in the book.</summary>
    public required decimal MakerCommissionRate { get; init; }

    /// <summary>Gets the fee of an order that filled at once.</summary>
    public required decimal TakerCommissionRate { get; init; }
}
