using TradingBot.Backtesting;

namespace TradingBot.Reporting;

/// <summary>The equity's return in each calendar month, UTC. A bar belongs to the month that it ends in, its end exclusive.</summary>
internal static class MonthlyReturns
{
    /// <summary>Computes the returns by year and month, oldest first, each from the last equity before to the last equity in it.</summary>
    public static IReadOnlyList<(int Year, int Month, double? Return)> Of(BacktestResult result) =>
        Of((double)result.Options.InitialBalance, result.Equity.Span, result.Bars.CloseTimeAt);

    /// <summary>Computes the returns of an equity that is known at instants.</summary>
    public static IReadOnlyList<(int Year, int Month, double? Return)> Of(double initial, ReadOnlySpan<double> equity, Func<int, DateTimeOffset> timeAt)
    {
        var months = new List<(int Year, int Month, double? Return)>();
        var (start, before) = (initial, initial);
        for (var i = 0; i < equity.Length; i++)
        {
            var time = timeAt(i) - TimeSpan.FromTicks(1);
            if (months.Count == 0 || months[^1].Month != time.Month || months[^1].Year != time.Year)
            {
                start = before;
                months.Add((time.Year, time.Month, null));
            }

            before = equity[i];
            months[^1] = (time.Year, time.Month, start > 0 ? (before / start) - 1 : null);
        }

        return months;
    }

    /// <summary>Writes them as a table, a row per year, coloured by size.</summary>
    public static void Write(HtmlWriter html, IReadOnlyList<(int Year, int Month, double? Return)> months)
    {
        var largest = months.Max(month => Math.Abs(month.Return ?? 0));
        html.Markup("<div class=\"scroll\" tabindex=\"0\"><table class=\"heat\"><thead><tr><th scope=\"col\">Year</th>");
        foreach (var name in (string[])["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec", "All"])
        {
            html.Element("th", name, "scope=\"col\"");
        }

        html.Markup("</tr></thead><tbody>\n");
        foreach (var year in months.GroupBy(month => month.Year))
        {
            html.Markup("<tr>").Element("th", Figures.Number(year.Key, "0"), "scope=\"row\"");
            for (var month = 1; month <= 12; month++)
            {
                var (_, _, value) = year.FirstOrDefault(entry => entry.Month == month);
                Cell(html, value, largest);
            }

            double? growth = 1;
            foreach (var month in year)
            {
                growth *= 1 + month.Return;
            }

            html.Element("td", Figures.Percent(growth - 1), "class=\"sum\"").Markup("</tr>\n");
        }

        html.Markup("</tbody></table></div>\n<p class=\"note\">The first and the last month may be incomplete.</p>\n");
    }

    private static void Cell(HtmlWriter html, double? value, double largest)
    {
        if (value is not { } share)
        {
            html.Markup("<td></td>");
            return;
        }

        var strength = largest > 0 ? Math.Abs(share) / largest * 70 : 0;
        html.Element("td", Figures.Percent(share), $"class=\"{(share < 0 ? "down" : "up")}\" style=\"--strength:{Figures.Number(strength, "0.0")}%\"");
    }
}
