using TradingBot.Market;

namespace TradingBot.Simulation;

/// <summary>Every change of an account's balance, in the order in which they were booked.</summary>
/// <remarks>Nearly all are the fee or the profit of a fill, which is where they are kept; here is only where to find them. A place is twice the number of the fill,
/// plus 1 for its fee; what no fill tells has a row of its own, of which a place is the complement.</remarks>
internal sealed class LedgerLog(SimulatedMarket[] markets, FillLog fills) : RowLog<int, LedgerEntry>
{
    private readonly RowList<LedgerRow> _others = new();

    /// <summary>Adds a fee or profit of the fill that is added next.</summary>
    public void AddOfNextFill(LedgerEntryKind kind) => Add() = (2 * fills.Count) + (kind == LedgerEntryKind.Fee ? 1 : 0);

    /// <summary>Adds what no fill tells.</summary>
    public void AddOther(in LedgerRow entry)
    {
        Add() = ~_others.Count;
        _others.Add() = entry;
    }

    /// <summary>Reads a fee or profit out of a fill.</summary>
    public static FastDecimal AmountOf(in FillRow fill, LedgerEntryKind kind) => kind == LedgerEntryKind.Fee ? -fill.Fee : fill.RealizedProfit;

    protected override LedgerEntry ToItem(int index, in int row)
    {
        if (row < 0)
        {
            var other = _others.RowAt(~row);
            return ToEntry(other.Time, other.Market, other.Kind, other.Amount);
        }

        // The latest fill is booked before it is added.
        var number = row / 2;
        ref readonly var fill = ref number == fills.Count ? ref fills.Next() : ref fills.RowAt(number);
        var kind = row % 2 == 1 ? LedgerEntryKind.Fee : LedgerEntryKind.RealizedProfit;
        return ToEntry(fill.Time, fill.Market, kind, AmountOf(fill, kind));
    }

    private LedgerEntry ToEntry(long time, int market, LedgerEntryKind kind, FastDecimal amount) =>
        new(DateTimeOffset.FromUnixTimeMilliseconds(time), markets[market].Symbol, kind, amount);
}
