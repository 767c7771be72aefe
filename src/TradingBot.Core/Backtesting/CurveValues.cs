using System.Runtime.InteropServices;

namespace TradingBot.Backtesting;

/// <summary>Values at the closes of bars: some that exist, or the equity of an account, of which a few are made at a time.</summary>
internal readonly ref struct CurveValues
{
    private readonly ReadOnlySpan<double> _values;
    private readonly EquityLog? _log;

    public CurveValues(ReadOnlySpan<double> values) => _values = values;

    public CurveValues(EquityLog log) => _log = log;

    /// <summary>Initializes values from a result, of which the equity has not been made as long as nobody has looked at it.</summary>
    public CurveValues(ReadOnlyMemory<double> values)
    {
        if (MemoryMarshal.TryGetMemoryManager<double, LazyEquity>(values, out var lazy, out _, out var length) && length == lazy.Log.Count)
        {
            _log = lazy.Log;
        }
        else
        {
            _values = values.Span;
        }
    }

    public int Count => _log?.Count ?? _values.Length;

    /// <summary>Gets successive values.</summary>
    /// <param name="start">The first.</param>
    /// <param name="buffer">As long as they are many; holds them where they do not exist yet.</param>
    public ReadOnlySpan<double> Read(int start, Span<double> buffer)
    {
        if (_log is null)
        {
            return _values.Slice(start, buffer.Length);
        }

        _log.Write(start, buffer);
        return buffer;
    }
}
