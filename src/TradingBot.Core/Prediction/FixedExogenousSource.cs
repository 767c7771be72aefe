using TradingBot.Market;

namespace TradingBot.Prediction;

/// <summary>A source of series that do not change, as for training and backtests.</summary>
public sealed class FixedExogenousSource : IExogenousSource
{
    private readonly Dictionary<string, ExogenousSeries> _series = new(StringComparer.Ordinal);

    /// <summary>Initializes the source.</summary>
    /// <param name="series">The series, each of another name.</param>
    /// <exception cref="ArgumentException">Two have the same name.</exception>
    public FixedExogenousSource(params IEnumerable<ExogenousSeries> series)
    {
        ArgumentNullException.ThrowIfNull(series);
        foreach (var one in series)
        {
            if (!_series.TryAdd(one.Name, one))
            {
                throw new ArgumentException($"Expected series of different names, found '{one.Name}' twice.", nameof(series));
            }
        }
    }

    /// <inheritdoc/>
    public ExogenousSeries? GetSeries(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        return _series.GetValueOrDefault(name);
    }
}
