using System.Runtime.InteropServices;

namespace TradingBot.Binance.Protocol;

/// <summary>One row of the exchange's bars; the open time in milliseconds since 1970-01-01 UTC.</summary>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct Kline(long OpenTime, double Open, double High, double Low, double Close, double Volume);
