using System.Buffers;

namespace TradingBot.Backtesting;

/// <summary>An account's equity, whose values are made when somebody first looks at them, and then kept.</summary>
/// <param name="log">What the account held.</param>
internal sealed class LazyEquity(EquityLog log) : MemoryManager<double>
{
    private readonly Lazy<double[]> _values = new(log.ToArray);

    /// <summary>Gets what the account held, for those who need only a few values at a time.</summary>
    public EquityLog Log => log;

    /// <inheritdoc/>
    public override Memory<double> Memory => CreateMemory(log.Count);

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
