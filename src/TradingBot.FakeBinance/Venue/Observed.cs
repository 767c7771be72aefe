using System.Runtime.InteropServices;
using TradingBot.Market;
using TradingBot.Simulation;

namespace TradingBot.FakeBinance.Venue;

/// <summary>An event of the simulated exchange and the account as it was right then.</summary>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct Observed(ExchangeEvent Event, decimal Balance, Position Position, decimal UnrealizedProfit, decimal IsolatedWallet, bool IsIsolated);
