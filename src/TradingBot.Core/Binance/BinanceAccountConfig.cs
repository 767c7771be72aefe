namespace TradingBot.Binance;

/// <summary>How the account is set.</summary>
public sealed record BinanceAccountConfig
{
    /// <summary>Gets a value indicating whether the account may trade.</summary>
    public required bool CanTrade { get; init; }

    /// <summary>Gets a value indicating whether long and short positions are held side by side (hedge mode).</summary>
    public required bool DualSidePosition { get; init; }

    /// <summary>Gets a value indicating whether all assets stand together as margin.</summary>
    public required bool MultiAssetsMargin { get; init; }

    /// <summary>Gets the fee tier, 0 the first.</summary>
    public int FeeTier { get; init; }
}
