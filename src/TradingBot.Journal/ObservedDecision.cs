using System.Runtime.InteropServices;
using TradingBot.Market;
using TradingBot.Strategies;

namespace TradingBot.Journal;

/// <summary>What a strategy decided, and the account that it saw.</summary>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct ObservedDecision(Decision Decision, Position Position, decimal Balance);
