using System.Runtime.InteropServices;

namespace TradingBot.FakeBinance.Venue;

/// <summary>One row of klines; times in milliseconds since 1970-01-01 UTC, the end exclusive.</summary>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct Kline(long OpenTime, long EndTime, decimal Open, decimal High, decimal Low, decimal Close, decimal Volume, bool IsClosed)
{
    /// <summary>Gets the turnover in the quote asset. Bars do not have it; it is reckoned at the mean of the four prices.</summary>
    internal decimal QuoteVolume => Volume * (Open + High + Low + Close) / 4;
}
