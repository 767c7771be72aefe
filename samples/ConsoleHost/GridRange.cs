using System.Globalization;
using TradingBot.Optimization.Parameters;

namespace ConsoleHost;

/// <summary>The values of a setting to search, as a person writes them: Threshold=0.001:0.01:0.001, from, to, step.</summary>
internal static class GridRange
{
    // Decimal fractions are not exact in binary.
    private const double Rounding = 1e-9;

    /// <summary>Reads a range.</summary>
    /// <param name="text">Name=From:To:Step, or Name=From:To where any number between may be drawn.</param>
    /// <param name="choice">The strategy.</param>
    /// <param name="needsStep">Whether the step cannot be left out.</param>
    public static Parameter Parse(string text, StrategyChoice choice, bool needsStep)
    {
        var parts = text.Split('=', 2, StringSplitOptions.TrimEntries);
        double?[] numbers = parts.Length == 2 ? [.. parts[1].Split(':').Select(NumberOf)] : [];
        if (numbers.Length is not (2 or 3) || Array.Exists(numbers, number => number is null))
        {
            throw new ArgumentException($"Expected --grid Name=From:To:Step, found '{text}'.");
        }

        var setting = choice.Find(parts[0]);
        var (from, to, step) = (numbers[0]!.Value, numbers[1]!.Value, numbers.ElementAtOrDefault(2));
        if (setting.IsWhole)
        {
            return Parameter.Integer(setting.Name, Whole(text, from), Whole(text, to), Whole(text, step ?? 1));
        }

        return step is { } distance ? Parameter.Real(setting.Name, from, to, CountOf(text, from, to, distance))
            : needsStep ? throw new ArgumentException($"A grid needs a step, --grid {setting.Name}=From:To:Step; found '{text}'.")
            : Parameter.Real(setting.Name, from, to);
    }

    private static double? NumberOf(string text) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number) ? number : null;

    private static int Whole(string text, double number) => double.IsInteger(number) && Math.Abs(number) <= int.MaxValue
        ? (int)number
        : throw new ArgumentException($"Expected whole numbers in '{text}'.");

    private static int CountOf(string text, double from, double to, double step)
    {
        var steps = (to - from) / step;
        return step > 0 && from < to && steps < int.MaxValue && Math.Abs(steps - Math.Round(steps)) <= Rounding * steps
            ? (int)Math.Round(steps) + 1
            : throw new ArgumentException($"Expected a range that goes up by a step above 0 which divides it, found '{text}'.");
    }
}
