using System.Globalization;
using static System.FormattableString;

namespace TradingBot.Optimization.Parameters;

/// <summary>A parameter to search over: its name and the values that it may take.</summary>
public abstract class Parameter
{
    private protected Parameter(string name, int gridCount)
    {
        _ = new ParameterValue(name);
        (Name, GridCount) = (name, gridCount);
    }

    /// <summary>Gets the name.</summary>
    public string Name { get; }

    /// <summary>Gets how many values a grid tries.</summary>
    public int GridCount { get; }

    /// <summary>Makes a parameter of any number in a range.</summary>
    /// <param name="name">The name.</param>
    /// <param name="minimum">The smallest value; finite.</param>
    /// <param name="maximum">The largest value; finite, above the smallest.</param>
    /// <param name="gridCount">How many values a grid tries, both ends included; 2 or more.</param>
    /// <param name="isLogarithmic">Whether the values lie at equal ratios instead of equal distances; the smallest must then be above 0.</param>
    /// <remarks>Values are rounded to twelve significant digits, so that 0.006 is the same value in every grid that holds it.</remarks>
    /// <exception cref="ArgumentException">The range is empty or not a range; the message says what was found.</exception>
    public static Parameter Real(string name, double minimum, double maximum, int gridCount = 10, bool isLogarithmic = false)
    {
        if (!(double.IsFinite(minimum) && double.IsFinite(maximum) && minimum < maximum && double.IsFinite(maximum - minimum)))
        {
            throw new ArgumentException(Invariant($"The range of '{name}' must go from a finite number up to a larger one, found {minimum} to {maximum}."), nameof(maximum));
        }

        if (gridCount < 2)
        {
            throw new ArgumentOutOfRangeException(nameof(gridCount), gridCount, $"A grid of '{name}' must have 2 values or more.");
        }

        return isLogarithmic && minimum <= 0
            ? throw new ArgumentException(Invariant($"The logarithmic range of '{name}' must begin above 0, found {minimum}."), nameof(minimum))
            : new RealParameter(name, minimum, maximum, gridCount, isLogarithmic);
    }

    /// <summary>Makes a parameter of whole numbers in a range.</summary>
    /// <param name="name">The name.</param>
    /// <param name="minimum">The smallest value.</param>
    /// <param name="maximum">The largest value that may be reached; not below the smallest.</param>
    /// <param name="step">The distance between values; 1 or more.</param>
    /// <exception cref="ArgumentException">The range is empty or the step is not above 0; the message says what was found.</exception>
    public static Parameter Integer(string name, int minimum, int maximum, int step = 1)
    {
        if (minimum > maximum)
        {
            throw new ArgumentException(Invariant($"The range of '{name}' must not be empty, found {minimum} to {maximum}."), nameof(maximum));
        }

        if (step < 1)
        {
            throw new ArgumentOutOfRangeException(nameof(step), step, $"The step of '{name}' must be 1 or more.");
        }

        return ((long)maximum - minimum) / step >= int.MaxValue
            ? throw new ArgumentException(Invariant($"The range of '{name}' has too many values, found {minimum} to {maximum}."), nameof(maximum))
            : new IntegerParameter(name, minimum, (int)(((long)maximum - minimum) / step) + 1, step);
    }

    /// <summary>Makes a parameter of names to choose from.</summary>
    /// <param name="name">The name of the parameter.</param>
    /// <param name="values">The names; at least one, each once.</param>
    /// <exception cref="ArgumentException">There are no names, or one is given twice, empty, or holds ';' or '='.</exception>
    public static Parameter Choice(string name, params IReadOnlyList<string> values)
    {
        ArgumentNullException.ThrowIfNull(values);
        return values.Count == 0 || values.Distinct(StringComparer.Ordinal).Count() < values.Count
            ? throw new ArgumentException($"'{name}' must have at least one value and each once, found {(values.Count == 0 ? "none" : string.Join(", ", values))}.", nameof(values))
            : new ChoiceParameter(name, [.. values.Select(value => new ParameterValue(value))]);
    }

    /// <summary>Gets a value of the grid, 0 the first.</summary>
    internal abstract ParameterValue AtGrid(int index);

    /// <summary>Gets the value at a share of the range, from 0 to below 1.</summary>
    internal virtual ParameterValue At(double share) => AtGrid(Math.Min((int)(share * GridCount), GridCount - 1));

    private sealed class RealParameter(string name, double minimum, double maximum, int gridCount, bool isLogarithmic) : Parameter(name, gridCount)
    {
        internal override ParameterValue AtGrid(int index) => At((double)index / (GridCount - 1));

        internal override ParameterValue At(double share)
        {
            var value = isLogarithmic ? minimum * Math.Pow(maximum / minimum, share) : minimum + ((maximum - minimum) * share);
            var rounded = double.Parse(value.ToString("G12", CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);
            return new ParameterValue(Math.Clamp(rounded, minimum, maximum));
        }
    }

    private sealed class IntegerParameter(string name, int minimum, int gridCount, int step) : Parameter(name, gridCount)
    {
        internal override ParameterValue AtGrid(int index) => new(minimum + ((double)index * step));
    }

    private sealed class ChoiceParameter(string name, ParameterValue[] values) : Parameter(name, values.Length)
    {
        internal override ParameterValue AtGrid(int index) => values[index];
    }
}
