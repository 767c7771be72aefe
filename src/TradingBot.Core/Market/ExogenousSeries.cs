namespace TradingBot.Market;

/// <summary>Values from outside the market, such as a gold price, funding rates or sentiment scores, ordered by publication.</summary>
/// <remarks>They meet bars by publication time alone: a bar has the latest value that was published at or before its close, so that no bar knows what
/// was published later. Between publications the last value holds.</remarks>
public sealed class ExogenousSeries
{
    internal const string NameRule = "a name of letters, digits, '-', '_' and '.'";

    private readonly long[] _publishedAt;
    private readonly double[] _values;

    /// <summary>Initializes a series.</summary>
    /// <param name="name">The name by which models ask for it: letters, digits, '-', '_' and '.'.</param>
    /// <param name="values">The values, each published later than the one before it.</param>
    /// <exception cref="ArgumentException">The name has another character or none, a value is not finite, or the values are not in order; the message says which.</exception>
    public ExogenousSeries(string name, IEnumerable<ExogenousValue> values)
    {
        ArgumentNullException.ThrowIfNull(name);
        ArgumentNullException.ThrowIfNull(values);
        if (!IsName(name))
        {
            throw new ArgumentException($"Expected {NameRule}, found '{name}'.", nameof(name));
        }

        List<long> times = [];
        List<double> numbers = [];
        foreach (var value in values)
        {
            if (!double.IsFinite(value.Value))
            {
                throw new ArgumentException($"The series '{name}' holds {value.Value} at {value.PublishedAt:u}; expected finite numbers.", nameof(values));
            }

            var time = value.PublishedAt.UtcTicks;
            if (times.Count > 0 && time <= times[^1])
            {
                throw new ArgumentException(
                    $"The series '{name}' has a value published at {value.PublishedAt:u} after one published at {new DateTimeOffset(times[^1], TimeSpan.Zero):u}; expected each later than the one before it.", nameof(values));
            }

            times.Add(time);
            numbers.Add(value.Value);
        }

        (Name, _publishedAt, _values) = (name, [.. times], [.. numbers]);
    }

    /// <summary>Gets the name.</summary>
    public string Name { get; }

    /// <summary>Gets the number of values.</summary>
    public int Count => _values.Length;

    /// <summary>Gets the value that was known at an instant.</summary>
    /// <param name="instant">The instant; a value published exactly then is known.</param>
    /// <param name="maxAge">How long before the instant the value may have been published; <see langword="null"/> for any time.</param>
    /// <returns>The latest value published at or before the instant, or <see langword="null"/> when there is none or it is too old.</returns>
    public double? ValueAt(DateTimeOffset instant, TimeSpan? maxAge = null)
    {
        var found = Array.BinarySearch(_publishedAt, instant.UtcTicks);
        var index = found < 0 ? ~found - 1 : found;
        return index >= 0 && !(instant.UtcTicks - _publishedAt[index] > maxAge?.Ticks) ? _values[index] : null;
    }

    /// <summary>Gets the value that was known at the close of each bar.</summary>
    /// <param name="bars">The bars.</param>
    /// <param name="maxAge">How long before a bar's close the value may have been published; <see langword="null"/> for any time.</param>
    /// <param name="first">The first bar to get a value, counted from 0; those before it get none.</param>
    /// <returns>One value per bar; NaN where there is none or it is too old.</returns>
    public double[] JoinTo(BarSeries bars, TimeSpan? maxAge = null, int first = 0)
    {
        ArgumentNullException.ThrowIfNull(bars);
        ArgumentOutOfRangeException.ThrowIfNegative(first);
        var column = new double[bars.Count];
        column.AsSpan().Fill(double.NaN);
        for (var bar = first; bar < column.Length; bar++)
        {
            column[bar] = ValueAt(bars.CloseTimeAt(bar), maxAge) ?? double.NaN;
        }

        return column;
    }

    /// <summary>Returns the name, the number of values and the span of time.</summary>
    public override string ToString() => Count == 0
        ? $"{Name}: no values"
        : $"{Name}: {Count} values published from {new DateTimeOffset(_publishedAt[0], TimeSpan.Zero):u} to {new DateTimeOffset(_publishedAt[^1], TimeSpan.Zero):u}";

    internal static bool IsName(string name) =>
        name.Length > 0 && name.All(character => char.IsAsciiLetterOrDigit(character) || character is '-' or '_' or '.');
}
