using System.Globalization;
using System.Runtime.InteropServices;

namespace TradingBot.Optimization.Parameters;

/// <summary>The value of a parameter: a number or a name.</summary>
[StructLayout(LayoutKind.Auto)]
public readonly record struct ParameterValue
{
    /// <summary>Initializes a number.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The number is not finite.</exception>
    public ParameterValue(double number)
    {
        if (!double.IsFinite(number))
        {
            throw new ArgumentOutOfRangeException(nameof(number), number, "Expected a finite number.");
        }

        // Adding 0 makes minus zero plain, so that equal numbers have equal texts.
        Number = number + 0d;
    }

    /// <summary>Initializes a name.</summary>
    /// <exception cref="ArgumentException">The name is empty, begins or ends with a space, or holds ';' or '='.</exception>
    public ParameterValue(string name)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        if (name.AsSpan().ContainsAny(';', '=') || name.Trim() != name)
        {
            throw new ArgumentException($"Expected a name without ';', '=' and spaces around it, found '{name}'.", nameof(name));
        }

        Name = name;
    }

    /// <summary>Gets the number, or <see langword="null"/> for a name.</summary>
    public double? Number { get; }

    /// <summary>Gets the name, or <see langword="null"/> for a number.</summary>
    public string? Name { get; }

    /// <summary>Returns the name, or the shortest text that reads back as the same number.</summary>
    public override string ToString() => Name ?? (Number ?? 0).ToString("R", CultureInfo.InvariantCulture);
}
