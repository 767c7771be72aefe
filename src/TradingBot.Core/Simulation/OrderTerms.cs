using System.Runtime.InteropServices;
using TradingBot.Market;

namespace TradingBot.Simulation;

/// <summary>On what terms an order is accepted.</summary>
/// <param name="Takes">Whether it takes what the market offers at the next price, as market and marketable limit orders do.</param>
/// <param name="ReservedNotional">The notional value for which margin is held back while it waits, in the settlement asset.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct OrderTerms(bool Takes, FastDecimal ReservedNotional);
