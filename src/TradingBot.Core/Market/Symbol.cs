using System.Diagnostics.CodeAnalysis;

namespace TradingBot.Market;

/// <summary>A linear perpetual future: base asset, quote asset, and the asset it settles in.</summary>
/// <remarks>Read from the exchange's own notation, <c>BTCUSDT</c>, or the unified one, <c>BTC/USDT:USDT</c>, in upper case.
/// Both name the same symbol: each is read back from the other. Contracts that expire (<c>BTCUSDT_260327</c>) or settle in
/// their base asset (<c>BTC/USD:BTC</c>) are refused.</remarks>
public sealed record Symbol
{
    // None ends with another, so an id is cut in one way only.
    private static readonly string[] QuoteAssets = ["FDUSD", "USDT", "USDC", "BUSD", "USD1", "BTC"];

    private Symbol(string baseAsset, string quoteAsset, string settleAsset) =>
        (BaseAsset, QuoteAsset, SettleAsset) = (baseAsset, quoteAsset, settleAsset);

    /// <summary>Gets the asset that is bought and sold, such as "BTC".</summary>
    public string BaseAsset { get; }

    /// <summary>Gets the asset that prices are given in, such as "USDT".</summary>
    public string QuoteAsset { get; }

    /// <summary>Gets the asset that profit, fees and margin are paid in; the quote asset for a linear contract.</summary>
    public string SettleAsset { get; }

    /// <summary>Gets the exchange's notation, such as "BTCUSDT".</summary>
    public string Id => BaseAsset + QuoteAsset;

    /// <summary>Gets the unified notation, such as "BTC/USDT:USDT".</summary>
    public string UnifiedName => $"{BaseAsset}/{QuoteAsset}:{SettleAsset}";

    /// <summary>Reads a symbol in either notation.</summary>
    /// <param name="text">The symbol.</param>
    /// <exception cref="FormatException">The text is in neither notation, or its quote asset is unknown; the message says what was expected.</exception>
    public static Symbol Parse(string text) =>
        TryParse(text, out var symbol)
            ? symbol
            : throw new FormatException(
                $"'{text}' is not a linear perpetual; expected the exchange's notation such as BTCUSDT (quote asset one of {string.Join(", ", QuoteAssets)}) or the unified one such as BTC/USDT:USDT.");

    /// <summary>Reads a symbol in either notation.</summary>
    /// <param name="text">The symbol.</param>
    /// <param name="symbol">The symbol, or <see langword="null"/>.</param>
    /// <returns><see langword="false"/> when the text is in neither notation, or its quote asset is unknown.</returns>
    public static bool TryParse([NotNullWhen(true)] string? text, [NotNullWhen(true)] out Symbol? symbol)
    {
        symbol = text is null ? null : text.Contains('/', StringComparison.Ordinal) ? FromUnified(text) : FromId(text);
        return symbol is not null;
    }

    /// <summary>Returns the exchange's notation.</summary>
    public override string ToString() => Id;

    private static Symbol? FromUnified(string text)
    {
        var slash = text.IndexOf('/', StringComparison.Ordinal);
        var colon = text.IndexOf(':', StringComparison.Ordinal);
        if (colon < slash)
        {
            return null;
        }

        var (baseAsset, quoteAsset, settleAsset) = (text[..slash], text[(slash + 1)..colon], text[(colon + 1)..]);
        return QuoteAssets.Contains(quoteAsset) && settleAsset == quoteAsset ? Create(baseAsset, quoteAsset) : null;
    }

    private static Symbol? FromId(string text)
    {
        var quote = Array.Find(QuoteAssets, asset => text.EndsWith(asset, StringComparison.Ordinal));
        return quote is null ? null : Create(text[..^quote.Length], quote);
    }

    private static Symbol? Create(string baseAsset, string quoteAsset) =>
        IsAsset(baseAsset) && baseAsset != quoteAsset ? new Symbol(baseAsset, quoteAsset, quoteAsset) : null;

    // Asset names are not all ASCII: the exchange lists a few in other scripts.
    private static bool IsAsset(string text) =>
        text.Length > 0 && text.All(character => char.IsLetterOrDigit(character) && !char.IsLower(character));
}
