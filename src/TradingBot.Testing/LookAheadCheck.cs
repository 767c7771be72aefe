using System.Globalization;
using TradingBot.Market;
using TradingBot.Prediction;
using TradingBot.Strategies;

namespace TradingBot.Testing;

/// <summary>Finds predictors and strategies that use the future: another future must not change any earlier output.</summary>
/// <remarks>The bars are cut at several places. Behind each cut the future is taken away, and then replaced by another; every output up to
/// the cut must stay as it was. What is handed over is checked, and what a strategy was made with (see the overload that makes it);
/// a source outside both, such as a file, is not.</remarks>
public static class LookAheadCheck
{
    private const int DefaultCuts = 16;

    /// <summary>Checks a predictor.</summary>
    /// <param name="predictor">The predictor.</param>
    /// <param name="bars">Bars of its interval, more than it requires.</param>
    /// <param name="cuts">At how many places to cut, evenly spread; 1 or more.</param>
    /// <param name="tolerance">By what share two forecasts may differ and still count as the same.</param>
    /// <returns>The first bar that differs, or <see langword="null"/> when there is none.</returns>
    public static LookAheadFinding? Find(IPredictor predictor, BarSeries bars, int cuts = DefaultCuts, double tolerance = 0)
    {
        ArgumentNullException.ThrowIfNull(predictor);
        return Find(bars, cuts, tolerance, predictor.PredictSeries, predictor.Predict);
    }

    /// <summary>Checks how predictors are made: one is made with each future, as a predictor that keeps its bars would be.</summary>
    /// <param name="create">Makes a predictor with the bars that it may know.</param>
    /// <param name="bars">Bars of its interval, more than it requires.</param>
    /// <param name="cuts">At how many places to cut, evenly spread; 1 or more.</param>
    /// <param name="tolerance">By what share two forecasts may differ and still count as the same.</param>
    /// <returns>The first bar that differs, or <see langword="null"/> when there is none.</returns>
    public static LookAheadFinding? Find(Func<BarSeries, IPredictor> create, BarSeries bars, int cuts = DefaultCuts, double tolerance = 0)
    {
        ArgumentNullException.ThrowIfNull(create);
        return Find(bars, cuts, tolerance, known => create(known).PredictSeries(known), known => create(known).Predict(known));
    }

    /// <summary>Checks a strategy, flat, long and short at every bar.</summary>
    /// <param name="strategy">The strategy.</param>
    /// <param name="bars">The bars to decide on, more than it looks back.</param>
    /// <param name="forecasts">What it is told of the model, or <see langword="null"/> for nothing. Forecasts count as part of the present.</param>
    /// <param name="cuts">At how many places to cut, evenly spread; 1 or more.</param>
    /// <returns>The first bar that differs, or <see langword="null"/> when there is none.</returns>
    public static LookAheadFinding? Find(IStrategy strategy, BarSeries bars, ForecastSeries? forecasts = null, int cuts = DefaultCuts)
    {
        ArgumentNullException.ThrowIfNull(strategy);
        return Find(_ => strategy, bars, forecasts, cuts);
    }

    /// <summary>Checks how strategies are made: one is made with each future, as a strategy that keeps its bars would be.</summary>
    /// <param name="create">Makes a strategy with the bars that it may know.</param>
    /// <param name="bars">The bars to decide on, more than it looks back.</param>
    /// <param name="forecasts">What it is told of the model, or <see langword="null"/> for nothing. Forecasts count as part of the present.</param>
    /// <param name="cuts">At how many places to cut, evenly spread; 1 or more.</param>
    /// <returns>The first bar that differs, or <see langword="null"/> when there is none.</returns>
    public static LookAheadFinding? Find(Func<BarSeries, IStrategy> create, BarSeries bars, ForecastSeries? forecasts = null, int cuts = DefaultCuts)
    {
        ArgumentNullException.ThrowIfNull(create);
        ArgumentNullException.ThrowIfNull(bars);
        var expected = Decisions(create(bars), bars, bars.Count, forecasts);
        foreach (var cut in CutsOf(bars, cuts))
        {
            foreach (var (future, known) in Futures(bars, cut))
            {
                var found = Decisions(create(known), known, cut, forecasts);
                for (var i = 0; i < cut; i++)
                {
                    if (expected[i] != found[i])
                    {
                        return new LookAheadFinding(i, bars.OpenTimeAt(i), expected[i], found[i], future);
                    }
                }
            }
        }

        return null;
    }

    private static LookAheadFinding? Find(
        BarSeries bars, int cuts, double tolerance, Func<BarSeries, ForecastSeries> predictSeries, Func<BarSeries, Forecast?> predict)
    {
        ArgumentNullException.ThrowIfNull(bars);
        ArgumentOutOfRangeException.ThrowIfNegative(tolerance);
        var expected = predictSeries(bars);
        foreach (var cut in CutsOf(bars, cuts))
        {
            foreach (var (future, known) in Futures(bars, cut))
            {
                var found = predictSeries(known);
                for (var i = 0; i < cut; i++)
                {
                    if (!AreSame(expected.Prices[i], found.Prices[i], tolerance))
                    {
                        return new LookAheadFinding(i, bars.OpenTimeAt(i), Text(expected.Prices[i]), Text(found.Prices[i]), future);
                    }
                }
            }

            var single = predict(bars.Slice(0, cut))?.Price ?? double.NaN;
            if (!AreSame(expected.Prices[cut - 1], single, tolerance))
            {
                return new LookAheadFinding(cut - 1, bars.OpenTimeAt(cut - 1), Text(expected.Prices[cut - 1]), Text(single), "a forecast for this bar alone");
            }
        }

        return null;
    }

    private static IEnumerable<int> CutsOf(BarSeries bars, int cuts)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(cuts, 1);
        if (bars.Count < 2)
        {
            throw new ArgumentException($"A look-ahead check needs at least 2 bars, found {bars.Count}.", nameof(bars));
        }

        return Enumerable.Range(1, Math.Min(cuts, bars.Count - 1)).Select(i => (int)((long)i * (bars.Count - 1) / Math.Min(cuts, bars.Count - 1))).Distinct();
    }

    private static IEnumerable<(string Future, BarSeries Bars)> Futures(BarSeries bars, int cut)
    {
        yield return ("no future", Copy(bars, cut, cut, 1));
        yield return ("a future at half the price", Copy(bars, cut, bars.Count, 0.5));
        yield return ("a future at twice the price", Copy(bars, cut, bars.Count, 2));
    }

    // A copy, so that nothing of the real future is left in its memory.
    private static BarSeries Copy(BarSeries bars, int cut, int count, double factor) => BarSeries.Create(
        bars.Symbol,
        bars.Interval,
        GapPolicy.Flag,
        bars.Take(count).Select((bar, i) => i < cut
            ? bar
            : new Bar(bar.OpenTime, bar.Length, bar.Open * factor, bar.High * factor, bar.Low * factor, bar.Close * factor, bar.Volume * factor)));

    private static bool AreSame(double expected, double found, double tolerance) =>
        double.IsNaN(expected) ? double.IsNaN(found) : Math.Abs(expected - found) <= tolerance * Math.Abs(expected);

    private static string Text(double price) => double.IsNaN(price) ? "no forecast" : price.ToString("R", CultureInfo.InvariantCulture);

    private static string[] Decisions(IStrategy strategy, BarSeries bars, int count, ForecastSeries? forecasts)
    {
        var decisions = new string[count];
        for (var i = 0; i < count; i++)
        {
            decisions[i] = i + 1 < strategy.Lookback ? "not asked" : Decide(strategy, bars.Slice(i + 1 - strategy.Lookback, strategy.Lookback), forecasts?[i]);
        }

        return decisions;
    }

    private static string Decide(IStrategy strategy, BarSeries window, Forecast? forecast)
    {
        const decimal Balance = 10_000m;
        var price = (decimal)window.Closes[^1];
        var flat = strategy.Decide(new StrategyContext(window, forecast, Position.Flat, Balance));
        var whenLong = strategy.Decide(new StrategyContext(window, forecast, new Position(Balance / price, price), Balance));
        var whenShort = strategy.Decide(new StrategyContext(window, forecast, new Position(-Balance / price, price), Balance));
        return $"flat: {flat}, long: {whenLong}, short: {whenShort}";
    }
}
