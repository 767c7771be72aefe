using TradingBot.Statistics;

namespace TradingBot.Reporting;

/// <summary>Writes the figures that say how much of a result is luck.</summary>
internal static class LuckTable
{
    public static void Write(HtmlWriter html, Luck luck)
    {
        html.Markup("<div class=\"scroll\" tabindex=\"0\"><table class=\"figures\"><tbody>\n");
        Row(html, "Trials of this strategy on this data", luck.Trials is { } trials ? Figures.Count(trials.Count) : "not counted");
        Row(html, "Sharpe ratio (yearly)", Figures.Number(luck.Sharpe));
        Row(html, "Sharpe ratio that luck alone gives the best of so many", luck.Trials is null ? "not known" : Figures.Number(luck.LuckSharpe));
        Row(html, "Probability that the true Sharpe ratio is above 0", Figures.Percent(luck.Probabilistic));
        Row(html, "Probability that more than luck is behind it (deflated Sharpe ratio)", luck.Trials is null ? "not known" : Figures.Percent(luck.Deflated));
        Row(html, "Probability of backtest overfitting", Figures.Percent(luck.Trials?.OverfittingProbability));
        Row(html, "Record there is, record it takes", $"{Figures.Days(luck.Span)}, {(luck.RecordNeeded is { } needed ? Figures.Days(needed) : "no length suffices")}");
        if (luck.Bootstrap is { } bootstrap)
        {
            Row(html, "Total return, 95 % interval", Interval(bootstrap.TotalReturn));
            Row(html, "Largest fall, 95 % interval", Interval(bootstrap.MaxDrawdown));
            Row(html, "Probability of a loss", Figures.Percent(bootstrap.ProbabilityOfLoss));
        }

        html.Markup("</tbody></table></div>\n");
        if (luck.Trials is null)
        {
            html.Element("p", "How many settings were tried before this one was not counted. If it was chosen among several, its Sharpe ratio is partly luck, and how large a part cannot be told.", "class=\"note\"");
        }

        if (luck.Bootstrap is { } resampled)
        {
            html.Element("p", $"The intervals are those of {Figures.Count(resampled.Resamples)} resamples of the returns in blocks of {Figures.Number(resampled.BlockLength, "0.#")} bars on average (stationary bootstrap, seed {Figures.Number(resampled.Seed, "0")}). The fall to prepare for is the upper end, not the one that happened.", "class=\"note\"");
        }
    }

    private static string Interval(ConfidenceInterval interval) => $"{Figures.Percent(interval.Lower)} to {Figures.Percent(interval.Upper)}";

    private static void Row(HtmlWriter html, string name, string value) =>
        html.Markup("<tr>").Element("th", name, "scope=\"row\"").Element("td", value).Markup("</tr>\n");
}
