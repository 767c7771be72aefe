using TradingBot.Market;

namespace ConsoleHost;

/// <summary>Trading rules for backtests without an exchange to ask: those of a large contract at the time of writing.</summary>
internal static class SymbolRules
{
    public static SymbolInfo For(Symbol symbol) => new()
    {
        Symbol = symbol,
        TickSize = 0.1m,
        StepSize = 0.001m,
        MinQuantity = 0.001m,
        MaxQuantity = 1_000m,
        MaxMarketQuantity = 120m,
        MinNotional = 50m,
    };
}
