using System.Runtime.InteropServices;
using TradingBot.Market;

namespace TradingBot.Simulation;

/// <summary>One change of the wallet balance.</summary>
/// <param name="Time">The UTC instant.</param>
/// <param name="Symbol">The market that caused it.</param>
/// <param name="Kind">Why the balance changed.</param>
/// <param name="Amount">The change in the settlement asset, with at most eight decimals, rounded against the account.</param>
[StructLayout(LayoutKind.Auto)]
public readonly record struct LedgerEntry(DateTimeOffset Time, Symbol Symbol, LedgerEntryKind Kind, decimal Amount);
