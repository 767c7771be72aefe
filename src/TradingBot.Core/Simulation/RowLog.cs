using System.Collections;
using System.Numerics;
using System.Runtime.CompilerServices;

namespace TradingBot.Simulation;

/// <summary>A list that keeps plain rows and makes an item of a row when it is asked for one.</summary>
/// <remarks>A long run books millions of rows and looks at few of them: objects would be copied by the garbage collector again and again.
/// The rows lie in parts, each as large as all before it up to a limit, so that growing copies nothing.</remarks>
/// <typeparam name="TRow">What is kept.</typeparam>
/// <typeparam name="TItem">What is asked for.</typeparam>
internal abstract class RowLog<TRow, TItem> : IReadOnlyList<TItem>
    where TRow : struct
{
    private const int SmallestPart = 16;
    private const int LargestPart = 65_536;

    // All parts before the first one of the largest size.
    private const int RowsInGrowingParts = LargestPart - SmallestPart;

    private static readonly int GrowingParts = BitOperations.Log2(LargestPart / SmallestPart);
    private readonly List<TRow[]> _parts = [];
    private TRow[] _last = [];
    private int _used;

    public int Count { get; private set; }

    public TItem this[int index] => ToItem(index, RowAt(index));

    public IEnumerator<TItem> GetEnumerator()
    {
        for (var i = 0; i < Count; i++)
        {
            yield return this[i];
        }
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <summary>Adds a row, to be filled in by the caller; what it contains is not defined.</summary>
    public ref TRow Add()
    {
        ref var row = ref Next();
        AddNext();
        return ref row;
    }

    /// <summary>Gets the row that is added next, to be filled in by the caller before <see cref="AddNext"/>.</summary>
    public ref TRow Next()
    {
        if (_used == _last.Length)
        {
            Grow();
        }

        return ref _last[_used];
    }

    /// <summary>Adds the row of <see cref="Next"/>.</summary>
    public void AddNext()
    {
        Count++;
        _used++;
    }

    /// <summary>Gets the latest row; there must be one.</summary>
    public ref TRow Latest => ref _last[_used - 1];

    /// <summary>Gets a row.</summary>
    public ref TRow RowAt(int index)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(index);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(index, Count);
        if (index >= RowsInGrowingParts)
        {
            var beyond = index - RowsInGrowingParts;
            return ref _parts[GrowingParts + (beyond / LargestPart)][beyond % LargestPart];
        }

        // The parts begin at 0, 16, 48, 112 and so on.
        var part = BitOperations.Log2((uint)(index + SmallestPart)) - BitOperations.Log2(SmallestPart);
        return ref _parts[part][index + SmallestPart - (SmallestPart << part)];
    }

    protected abstract TItem ToItem(int index, in TRow row);

    private void Grow()
    {
        var size = Math.Clamp(Count + SmallestPart, SmallestPart, LargestPart);
        _last = RuntimeHelpers.IsReferenceOrContainsReferences<TRow>() ? new TRow[size] : GC.AllocateUninitializedArray<TRow>(size);
        _parts.Add(_last);
        _used = 0;
    }
}
