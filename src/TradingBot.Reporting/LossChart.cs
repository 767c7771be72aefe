namespace TradingBot.Reporting;

/// <summary>Draws the losses of a training, epoch by epoch.</summary>
internal static class LossChart
{
    /// <summary>The rounds that are told apart by colour; of more, the mean is.</summary>
    private const int Colors = 5;

    /// <summary>Gets the chart, or <see langword="null"/> when no round tells its losses.</summary>
    public static Chart? Of(IReadOnlyList<ForecastRound> rounds)
    {
        var epochs = rounds.Select(round => Math.Max(round.TrainingLosses.Count, round.ValidationLosses.Count)).DefaultIfEmpty(0).Max();
        if (epochs == 0)
        {
            return null;
        }

        var panes = new List<ChartPane>();
        Add("training", round => round.TrainingLosses);
        Add("validation", round => round.ValidationLosses);
        return new Chart("losses", "Loss by epoch", [.. Enumerable.Range(1, epochs).Select(epoch => (double)epoch)], IsTime: false, panes);

        void Add(string name, Func<ForecastRound, IReadOnlyList<double>> losses)
        {
            var isMany = rounds.Count > Colors;
            var series = rounds.Index().Where(round => losses(round.Item).Count > 0).Select(round => new ChartSeries(
                "line", isMany ? string.Empty : $"Round {round.Index + 1}, {name}", isMany ? "r5" : $"r{round.Index}", 6, Padded(losses(round.Item), epochs))).ToList();
            if (series.Count > 0 && isMany)
            {
                series.Add(new ChartSeries("line", $"Mean, {name}", "r0", 6, Means(series, epochs)));
            }

            if (series.Count > 0)
            {
                panes.Add(new ChartPane(220, series));
            }
        }
    }

    private static double[] Padded(IReadOnlyList<double> values, int count) =>
        [.. values, .. Enumerable.Repeat(double.NaN, count - values.Count)];

    // Over the rounds that went so far.
    private static double[] Means(IReadOnlyList<ChartSeries> series, int count) =>
        [.. Enumerable.Range(0, count).Select(epoch => series.Select(line => line.Values[epoch]).Where(double.IsFinite).DefaultIfEmpty(double.NaN).Average())];
}
