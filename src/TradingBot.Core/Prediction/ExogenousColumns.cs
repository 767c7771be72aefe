using TradingBot.Market;

namespace TradingBot.Prediction;

/// <summary>The exogenous values at the bars of a series, one column per series; NaN where there is none.</summary>
internal sealed class ExogenousColumns
{
    private static readonly ExogenousColumns None = new([]);

    private readonly double[][] _columns;

    private ExogenousColumns(double[][] columns) => _columns = columns;

    public ReadOnlySpan<double> this[int index] => _columns[index];

    /// <exception cref="ModelException">The model reads series and the options have no source of them, or lack one.</exception>
    public static IExogenousSource? SourceFor(ModelCard card, OnnxPredictorOptions options)
    {
        if (card.Exogenous.Count > 0)
        {
            var source = options.Exogenous ?? throw new ModelException(
                $"The model '{card.Name}' reads {card.InputNames()}: expected {nameof(OnnxPredictorOptions)}.{nameof(OnnxPredictorOptions.Exogenous)} with the series that are not the market's, found none.");
            foreach (var feature in card.Exogenous)
            {
                _ = SeriesOf(card, source, feature);
            }
        }

        return options.Exogenous;
    }

    /// <summary>Joins the series to the bars from one bar on; before it the columns hold NaN.</summary>
    /// <exception cref="ModelException">The source lacks a series.</exception>
    public static ExogenousColumns Join(ModelCard card, IExogenousSource? source, BarSeries bars, int first)
    {
        // Most models read none, and their forecasts allocate nothing.
        if (card.Exogenous.Count == 0)
        {
            return None;
        }

        var columns = new double[card.Exogenous.Count][];
        for (var i = 0; i < columns.Length; i++)
        {
            columns[i] = SeriesOf(card, source!, card.Exogenous[i]).JoinTo(bars, card.Exogenous[i].MaxAge, first);
        }

        return new ExogenousColumns(columns);
    }

    /// <summary>Tells whether there is a value of every series at some bars.</summary>
    public bool AreWhole(int first, int count)
    {
        foreach (var column in _columns)
        {
            foreach (var value in column.AsSpan(first, count))
            {
                if (double.IsNaN(value))
                {
                    return false;
                }
            }
        }

        return true;
    }

    private static ExogenousSeries SeriesOf(ModelCard card, IExogenousSource source, ExogenousFeature feature) =>
        source.GetSeries(feature.Name) ?? throw new ModelException($"The model '{card.Name}' reads the series '{feature.Name}': expected one of that name in {nameof(OnnxPredictorOptions)}.{nameof(OnnxPredictorOptions.Exogenous)}, found none.");
}
