using System.Buffers;

namespace TradingBot.Backtesting;

/// <summary>Values that are made when somebody first looks at them, and then kept.</summary>
/// <param name="count">Their number.</param>
/// <param name="make">Makes them; called once, by one thread.</param>
internal sealed class LazyValues(int count, Func<double[]> make) : MemoryManager<double>
{
    private readonly Lazy<double[]> _values = new(make);

    /// <inheritdoc/>
    public override Memory<double> Memory => CreateMemory(count);

    /// <inheritdoc/>
    public override Span<double> GetSpan() => _values.Value;

    /// <inheritdoc/>
    public override MemoryHandle Pin(int elementIndex = 0) => _values.Value.AsMemory(elementIndex).Pin();

    /// <inheritdoc/>
    public override void Unpin()
    {
        // The handle that Pin gives frees what it holds.
    }

    /// <inheritdoc/>
    protected override bool TryGetArray(out ArraySegment<double> segment)
    {
        segment = _values.Value;
        return true;
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        // There is nothing to free.
    }
}
