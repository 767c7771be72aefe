namespace TradingBot.Optimization.Parameters;

/// <summary>One value for each parameter: what a trial tries. Equal when names and values are equal, in whatever order they were given.</summary>
public sealed class ParameterSet : IEquatable<ParameterSet>
{
    private readonly SortedList<string, ParameterValue> _values;
    private readonly string _text;

    /// <summary>Initializes a set.</summary>
    /// <param name="values">The values by name.</param>
    /// <exception cref="ArgumentException">A name is given twice, is empty or holds ';' or '='.</exception>
    public ParameterSet(IEnumerable<KeyValuePair<string, ParameterValue>> values)
    {
        ArgumentNullException.ThrowIfNull(values);
        _values = new SortedList<string, ParameterValue>(StringComparer.Ordinal);
        foreach (var (name, value) in values)
        {
            _ = new ParameterValue(name);
            if (!_values.TryAdd(name, value))
            {
                throw new ArgumentException($"The parameter '{name}' is given twice.", nameof(values));
            }
        }

        _text = string.Join("; ", _values.Select(pair => $"{pair.Key}={pair.Value}"));
    }

    /// <summary>Gets the values by name, in ordinal order of the names.</summary>
    public IReadOnlyDictionary<string, ParameterValue> Values => _values;

    /// <summary>Gets a number.</summary>
    /// <exception cref="ArgumentException">There is no such parameter, or it is a name.</exception>
    public double Number(string name) =>
        Find(name).Number ?? throw new ArgumentException($"The parameter '{name}' is '{Find(name)}'; expected a number.", nameof(name));

    /// <summary>Gets a whole number.</summary>
    /// <exception cref="ArgumentException">There is no such parameter, or it is not a whole number from -2^31 to 2^31 - 1.</exception>
    public int Integer(string name) =>
        Number(name) is var number && number is >= int.MinValue and <= int.MaxValue && double.IsInteger(number)
            ? (int)number
            : throw new ArgumentException($"The parameter '{name}' is {Find(name)}; expected a whole number.", nameof(name));

    /// <summary>Gets a name.</summary>
    /// <exception cref="ArgumentException">There is no such parameter, or it is a number.</exception>
    public string Name(string name) =>
        Find(name).Name ?? throw new ArgumentException($"The parameter '{name}' is {Find(name)}; expected a name.", nameof(name));

    /// <inheritdoc/>
    public bool Equals(ParameterSet? other) => other is not null && _text == other._text;

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as ParameterSet);

    /// <inheritdoc/>
    public override int GetHashCode() => StringComparer.Ordinal.GetHashCode(_text);

    /// <summary>Returns the values as "fast=10; slow=30", in ordinal order of the names; equal sets have equal texts.</summary>
    public override string ToString() => _text;

    private ParameterValue Find(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        return _values.TryGetValue(name, out var value)
            ? value
            : throw new ArgumentException($"There is no parameter '{name}'; expected one of {string.Join(", ", _values.Keys)}.", nameof(name));
    }
}
