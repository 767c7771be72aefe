using System.Runtime.InteropServices;

namespace TradingBot.Testing;

/// <summary>A call that a fake exchange received.</summary>
/// <param name="Time">The UTC instant at which it came in.</param>
/// <param name="Call">Which call.</param>
/// <param name="Number">The how-manieth of its kind, from 1.</param>
/// <param name="Request">What was asked: the request object, or the symbol.</param>
/// <param name="Fault">What went wrong by plan, or <see langword="null"/>.</param>
[StructLayout(LayoutKind.Auto)]
public readonly record struct RecordedCall(DateTimeOffset Time, ExchangeCall Call, int Number, object Request, Fault? Fault);
