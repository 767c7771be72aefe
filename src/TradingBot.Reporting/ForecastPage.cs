using TradingBot.Prediction;
using TradingBot.Prediction.Evaluation;

namespace TradingBot.Reporting;

/// <summary>Writes forecasts and their worth as one HTML file that needs nothing but itself.</summary>
/// <remarks>The same forecasts give the same bytes. Charts are drawn by TradingView Lightweight Charts, which is part of the file.</remarks>
public static class ForecastPage
{
    /// <summary>Writes the page: the verdict, forecasts beside the closes they were made at and for, their errors, and the training's losses and rounds.</summary>
    /// <param name="forecasts">The forecasts.</param>
    /// <param name="path">The file; it is replaced. Its folder is made if there is none.</param>
    /// <param name="options">What the forecasts do not know themselves; <see langword="null"/> for nothing.</param>
    /// <exception cref="ArgumentException">No forecast can be compared with what came.</exception>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public static void Write(ForecastSeries forecasts, string path, ForecastPageOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(forecasts);
        options ??= new ForecastPageOptions();
        var report = ForecastReport.Evaluate(forecasts, options.Model);
        var title = options.Title ?? $"Forecasts of {forecasts.Bars.Symbol} {forecasts.Bars.Interval}";
        var charts = new List<Chart>(ForecastCharts.Of(forecasts, options.Model?.TrainedTo));
        if (LossChart.Of(options.Rounds) is { } losses)
        {
            charts.Add(losses);
        }

        Page.Write(path, title, Body(forecasts, options, report, title, charts), charts);
    }

    /// <summary>Writes one line per round as a CSV file, and after them the mean and the ends of its 95 % interval.</summary>
    /// <param name="rounds">The rounds.</param>
    /// <param name="path">The file; it is replaced. Its folder is made if there is none.</param>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public static void WriteRounds(IReadOnlyList<ForecastRound> rounds, string path)
    {
        ArgumentNullException.ThrowIfNull(rounds);
        RoundTable.WriteCsv(rounds, path);
    }

    private static HtmlWriter Body(ForecastSeries forecasts, ForecastPageOptions options, ForecastReport report, string title, IEnumerable<Chart> charts)
    {
        var html = new HtmlWriter();
        html.Markup("<header>").Element("h1", title).Element("p", forecasts.Bars.ToString()).Markup("</header>\n");
        html.Section("verdict", "Verdict").Element("p", report.Sentence, $"class=\"verdict {(report.Verdict == ForecastVerdict.Skill ? "gain" : "loss")}\"");
        Errors(html, report);
        html.EndSection();
        foreach (var chart in charts)
        {
            html.Section($"section-{chart.Id}", chart.Label).Chart(chart);
            foreach (var note in ForecastCharts.Notes(chart.Id, forecasts, options))
            {
                html.Element("p", note, "class=\"note\"");
            }

            html.EndSection();
        }

        if (options.Rounds.Count > 0)
        {
            html.Section("rounds", "Rounds");
            RoundTable.Write(html, options.Rounds);
            html.EndSection();
        }

        if (options.Model is { } model)
        {
            html.Section("model", "Model");
            ModelFacts.Write(html, model);
            html.EndSection();
        }

        return html.Section("reproduce", "To reproduce this").Facts(
        [
            ("Bars", forecasts.Bars.ToString()),
            ("Hash of the bars", Fingerprint.Of(forecasts.Bars)),
            ("Hash of the forecasts", Fingerprint.Of(forecasts.Prices)),
            ("Software", Page.Version),
        ]).Element("p", $"Hash of the bars: {Fingerprint.Recipe}.", "class=\"note\"").EndSection();
    }

    private static void Errors(HtmlWriter html, ForecastReport report)
    {
        html.Markup("<div class=\"scroll\" tabindex=\"0\"><table class=\"figures\"><thead><tr><th scope=\"col\">Error</th><th scope=\"col\">Model</th><th scope=\"col\">The price stays</th></tr></thead><tbody>\n");
        Row("Root of the mean squared error", Figures.Digits(report.Model.Rmse), Figures.Digits(report.Persistence.Rmse));
        Row("Mean absolute error", Figures.Digits(report.Model.Mae), Figures.Digits(report.Persistence.Mae));
        Row("Mean absolute error in per cent", Figures.Percent(report.Model.Mape, 3), Figures.Percent(report.Persistence.Mape, 3));
        Row("Root of the mean squared error of log returns", Figures.Digits(report.Model.LogReturnRmse), Figures.Digits(report.Persistence.LogReturnRmse));
        Row("Root of the mean squared error, closes scaled to [0, 1]", Figures.Digits(report.Model.MinMaxRmse), Figures.Digits(report.Persistence.MinMaxRmse));
        Row("Theil's U (below 1 is better)", Figures.Number(report.TheilU, "0.0000"), Figures.Number(1, "0.0000"));
        Row("Direction right", report.DirectionalAccuracy is { } direction ? $"{Figures.Percent(direction.Share)} ({Figures.Percent(direction.Lower)} to {Figures.Percent(direction.Upper)})" : "–", null);
        Row("Diebold-Mariano, one-sided p", Figures.Number(report.DieboldMariano?.PValue, "0.0000"), null);
        Row("Lag of the best correlation", report.Lag is { } lag ? $"{lag.Bars} bar(s), {Figures.Number(lag.Correlation)}" : "–", null);
        Row("Forecasts compared", Figures.Count(report.Samples), null);
        html.Markup("</tbody></table></div>\n");

        void Row(string name, string model, string? persistence) =>
            html.Markup("<tr>").Element("th", name, "scope=\"row\"").Element("td", model).Element("td", persistence).Markup("</tr>\n");
    }
}
