namespace TradingBot.Binance;

/// <summary>The balance of one asset.</summary>
public sealed record BinanceBalance
{
    /// <summary>Gets the asset.</summary>
    public required string Asset { get; init; }

    /// <summary>Gets the wallet balance, unrealised profit apart.</summary>
    public required decimal Balance { get; init; }

    /// <summary>Gets the wallet balance behind cross positions.</summary>
    public decimal CrossWalletBalance { get; init; }

    /// <summary>Gets the unrealised profit of cross positions.</summary>
    public decimal CrossUnPnl { get; init; }

    /// <summary>Gets what is free for new margin.</summary>
    public required decimal AvailableBalance { get; init; }
}
