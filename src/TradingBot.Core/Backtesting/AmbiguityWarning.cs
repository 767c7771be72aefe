using System.Globalization;

namespace TradingBot.Backtesting;

/// <summary>Says in plain words what bars that hide the order of events leave open.</summary>
internal static class AmbiguityWarning
{
    /// <summary>Gets the sentence, or <see langword="null"/> when the main figures read alike on both paths.</summary>
    public static string? Of(BacktestResult result)
    {
        var texts = new List<string>(3);
        Add(texts, "the return", result.BoundsOf(figures => (double?)figures.TotalReturn), "0.0 %");
        Add(texts, "the largest fall", result.BoundsOf(figures => (double?)figures.MaxDrawdown), "0.0 %");
        Add(texts, "the Sharpe ratio", result.BoundsOf(figures => figures.Sharpe), "0.00");
        if (texts.Count == 0)
        {
            return null;
        }

        var count = result.AmbiguousBars.Count;
        var bars = count == 1 ? "1 bar hides the order of what happened in it" : string.Create(CultureInfo.InvariantCulture, $"{count} bars hide the order of what happened in them");
        return $"{bars}: {string.Join(", ", texts)}. Finer bars would tell.";
    }

    private static void Add(List<string> texts, string name, Bounds<double>? bounds, string format)
    {
        if (bounds is not { } ends)
        {
            return;
        }

        var (low, high) = (ends.Low.ToString(format, CultureInfo.InvariantCulture), ends.High.ToString(format, CultureInfo.InvariantCulture));
        if (low != high)
        {
            texts.Add($"{name} lies between {low} and {high}");
        }
    }
}
