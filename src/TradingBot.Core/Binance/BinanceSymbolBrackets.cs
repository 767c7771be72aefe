namespace TradingBot.Binance;

/// <summary>The margin rules of one contract.</summary>
public sealed record BinanceSymbolBrackets
{
    /// <summary>Gets the exchange's name of the contract.</summary>
    public required string Symbol { get; init; }

    /// <summary>Gets the brackets, the lowest notional first.</summary>
    public required IReadOnlyList<BinanceLeverageBracket> Brackets { get; init; }
}
