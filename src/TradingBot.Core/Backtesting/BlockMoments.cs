using System.Buffers;
using TradingBot.Statistics;

namespace TradingBot.Backtesting;

/// <summary>The moments of the returns of values, of which only a run at a time is made.</summary>
internal static class BlockMoments
{
    /// <summary>Computes what <see cref="ReturnMoments.OfBlocks"/> computes of the returns of all values.</summary>
    /// <param name="start">The value before the first.</param>
    /// <param name="values">The values, which are known to be finite.</param>
    /// <param name="blocks">The number of runs; 1 or more.</param>
    /// <returns>The moments of each run, or <see langword="null"/> when a value other than the last is 0 or below.</returns>
    public static ReturnMoments[]? Of(double start, CurveValues values, int blocks)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(blocks, 1);
        var moments = new ReturnMoments[blocks];
        var room = ArrayPool<double>.Shared.Rent((values.Count / blocks) + 1);
        try
        {
            var before = start;
            for (var i = 0; i < blocks; i++)
            {
                var (from, count) = ReturnMoments.BlockAt(i, blocks, values.Count).GetOffsetAndLength(values.Count);
                var returns = room.AsSpan(0, count);
                var block = values.Read(from, returns);
                var last = count == 0 ? before : block[^1];
                if (!EquityReturns.TryCompute(before, block, returns))
                {
                    return null;
                }

                moments[i] = ReturnMoments.Of(returns);
                before = last;
            }

            return moments;
        }
        finally
        {
            ArrayPool<double>.Shared.Return(room);
        }
    }
}
