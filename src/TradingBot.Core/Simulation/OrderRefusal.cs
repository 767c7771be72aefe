using System.Runtime.InteropServices;
using TradingBot.Trading;

namespace TradingBot.Simulation;

/// <summary>Why an order is not accepted or, later, not filled.</summary>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct OrderRefusal(RejectReason Reason, string Message);
