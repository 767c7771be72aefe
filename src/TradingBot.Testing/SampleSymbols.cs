using TradingBot.Market;

namespace TradingBot.Testing;

/// <summary>Trading rules for tests, those of real contracts at the time of writing.</summary>
public static class SampleSymbols
{
    /// <summary>Gets the rules of BTCUSDT: tick 0.10, step 0.001, from 0.001 to 1,000 (market orders 120), at least 50 of notional value.</summary>
    public static SymbolInfo BtcUsdt { get; } = For(Symbol.Parse("BTCUSDT"));

    /// <summary>Makes the rules of <see cref="BtcUsdt"/> for another symbol.</summary>
    public static SymbolInfo For(Symbol symbol) => new()
    {
        Symbol = symbol,
        TickSize = 0.10m,
        StepSize = 0.001m,
        MinQuantity = 0.001m,
        MaxQuantity = 1_000m,
        MaxMarketQuantity = 120m,
        MinNotional = 50m,
    };
}
