using System.Numerics;
using System.Runtime.InteropServices;
using TradingBot.Market;
using TradingBot.Simulation;

namespace TradingBot.Backtesting;

/// <summary>The balance plus unrealised profit at every bar's close, kept as what the account held: from one change of the account to the next it follows from the closes.</summary>
/// <param name="bars">The bars that are traded.</param>
internal sealed class EquityLog(BarSeries bars)
{
    private readonly Holdings _holdings = new();

    /// <summary>Gets the number of bars.</summary>
    public int Count => bars.Count;

    /// <summary>Notes what the account holds at the close of a bar and of those after it. The first bar must be noted first.</summary>
    public void Note(int bar, in Position position, decimal balance)
    {
        // A balance of nothing can be a negative zero, which nobody wants to read.
        var now = position.IsFlat
            ? new Holding(bar, (double)balance + 0d, 0, 0)
            : new Holding(bar, (double)balance, (double)position.FastQuantity, (double)position.FastEntryPrice);
        if (_holdings.Count > 0)
        {
            ref var latest = ref _holdings.Latest;
            if (latest.From == bar || latest with { From = bar } == now)
            {
                latest = now with { From = latest.From };
                return;
            }
        }

        _holdings.Add() = now;
    }

    /// <summary>Writes the equity at the closes of successive bars.</summary>
    /// <param name="start">The first of them.</param>
    /// <param name="equity">One value per bar.</param>
    public void Write(int start, Span<double> equity)
    {
        var closes = bars.Closes.Slice(start, equity.Length);
        var index = IndexAt(start);
        for (var done = 0; done < equity.Length; index++)
        {
            var end = index + 1 < _holdings.Count ? Math.Min(equity.Length, _holdings.RowAt(index + 1).From - start) : equity.Length;
            _holdings.RowAt(index).Write(closes[done..end], equity[done..end]);
            done = end;
        }
    }

    /// <summary>Gets all values, which are made when they are first looked at.</summary>
    public ReadOnlyMemory<double> ToMemory() => new LazyEquity(this).Memory;

    /// <summary>Makes all values.</summary>
    public double[] ToArray()
    {
        var equity = GC.AllocateUninitializedArray<double>(Count);
        Write(0, equity);
        return equity;
    }

    // The last holding that begins at a bar or before it.
    private int IndexAt(int bar)
    {
        var (low, high) = (0, _holdings.Count - 1);
        while (low < high)
        {
            var middle = high - ((high - low) / 2);
            (low, high) = _holdings.RowAt(middle).From <= bar ? (middle, high) : (low, middle - 1);
        }

        return low;
    }

    private sealed class Holdings : RowLog<Holding, Holding>
    {
        protected override Holding ToItem(int index, in Holding row) => row;
    }

    [StructLayout(LayoutKind.Auto)]
    private readonly record struct Holding(int From, double Balance, double Quantity, double EntryPrice)
    {
        public void Write(ReadOnlySpan<double> closes, Span<double> equity)
        {
            if (Quantity == 0)
            {
                equity.Fill(Balance);
                return;
            }

            var done = 0;
            var (balances, entryPrices) = (new Vector<double>(Balance), new Vector<double>(EntryPrice));
            ref var from = ref MemoryMarshal.GetReference(closes);
            ref var to = ref MemoryMarshal.GetReference(equity);
            for (; done <= closes.Length - Vector<double>.Count; done += Vector<double>.Count)
            {
                var profits = Quantity * (Vector.LoadUnsafe(ref from, (nuint)done) - entryPrices);
                (balances + profits).StoreUnsafe(ref to, (nuint)done);
            }

            for (; done < equity.Length; done++)
            {
                equity[done] = Balance + (Quantity * (closes[done] - EntryPrice));
            }
        }
    }
}
