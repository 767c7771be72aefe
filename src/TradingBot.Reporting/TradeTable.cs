using System.Globalization;
using TradingBot.Backtesting;
using TradingBot.Market;

namespace TradingBot.Reporting;

/// <summary>Writes trades as a table that the page's script can sort.</summary>
internal static class TradeTable
{
    /// <summary>The most trades that are shown.</summary>
    public const int MaxRows = 2_000;

    private static readonly string[] Columns =
        ["#", "Side", "Entry", "Exit", "Bars", "Quantity", "Entry price", "Exit price", "Gross", "Fees", "Funding", "Slippage", "Net", "Why in", "Why out"];

    /// <summary>Gets the trades that are shown, oldest first, with their places: all, or those with the largest profits and losses.</summary>
    public static IEnumerable<(int Index, Trade Trade)> Shown(IReadOnlyList<Trade> trades) => trades.Index()
        .OrderByDescending(entry => Math.Abs(entry.Item.NetProfit))
        .Take(MaxRows)
        .OrderBy(entry => entry.Index);

    public static void Write(HtmlWriter html, BacktestResult result)
    {
        Write(html, result.Trades, symbolOf: null, result.Bars.Symbol.SettleAsset);
        Denials(html, "Decisions that did not become fills", result.Denials);
    }

    /// <summary>Writes trades.</summary>
    /// <param name="html">Where to.</param>
    /// <param name="trades">The trades, oldest first.</param>
    /// <param name="symbolOf">Gets the market of a trade by its place, or is <see langword="null"/> where all have one market.</param>
    /// <param name="asset">The settlement asset.</param>
    public static void Write(HtmlWriter html, IReadOnlyList<Trade> trades, Func<int, string>? symbolOf, string asset)
    {
        if (trades.Count == 0)
        {
            html.Element("p", "There were no trades.");
        }
        else
        {
            Rows(html, trades, symbolOf);
            html.Element("p", $"Click a heading to sort. Prices contain the slippage, so the net profit is gross less fees plus funding, in {asset}.", "class=\"note\"");
        }

        if (trades.Count > MaxRows)
        {
            html.Element("p", $"Thinned for display: the {Figures.Count(MaxRows)} of {Figures.Count(trades.Count)} trades with the largest profits and losses. The figures count all trades; the CSV file of trades holds every one.", "class=\"note\"");
        }
    }

    /// <summary>Writes why decisions did not become fills.</summary>
    public static void Denials(HtmlWriter html, string heading, IReadOnlyDictionary<string, int> denials)
    {
        if (denials.Count > 0)
        {
            html.Element("h3", heading).Facts(denials
                .OrderByDescending(pair => pair.Value)
                .ThenBy(pair => pair.Key, StringComparer.Ordinal)
                .Select(pair => (pair.Key, (string?)Figures.Count(pair.Value))));
        }
    }

    private static void Rows(HtmlWriter html, IReadOnlyList<Trade> trades, Func<int, string>? symbolOf)
    {
        html.Markup("<div class=\"scroll tall\" tabindex=\"0\"><table class=\"sortable\"><thead><tr>");
        foreach (var column in symbolOf is null ? Columns : [Columns[0], "Market", .. Columns[1..]])
        {
            html.Markup("<th scope=\"col\"><button type=\"button\">").Text(column).Markup("</button></th>");
        }

        html.Markup("</tr></thead><tbody>\n");
        foreach (var (index, trade) in Shown(trades))
        {
            html.Markup("<tr>");
            Cell(html, Figures.Count(index + 1), index);
            if (symbolOf is not null)
            {
                html.Element("td", symbolOf(index));
            }

            html.Element("td", trade.EntrySide == Side.Buy ? "long" : "short");
            Cell(html, Figures.Time(trade.EntryTime), trade.EntryTime.ToUnixTimeMilliseconds());
            Cell(html, trade.IsOpen ? "open" : Figures.Time(trade.ExitTime), trade.ExitTime.ToUnixTimeMilliseconds());
            Cell(html, Figures.Count(trade.BarsHeld), trade.BarsHeld);
            Cell(html, Figures.Exact(trade.Quantity), trade.Quantity);
            Cell(html, Figures.Price(trade.EntryPrice), trade.EntryPrice);
            Cell(html, Figures.Price(trade.ExitPrice), trade.ExitPrice);
            Cell(html, Figures.Money(trade.GrossProfit), trade.GrossProfit);
            Cell(html, Figures.Money(trade.Fees), trade.Fees);
            Cell(html, Figures.Money(trade.Funding), trade.Funding);
            Cell(html, Figures.Money(trade.Slippage), trade.Slippage);
            Cell(html, Figures.Money(trade.NetProfit), trade.NetProfit, trade.NetProfit < 0 ? "loss" : "gain");
            html.Element("td", trade.EntryReason).Element("td", trade.ExitReason).Markup("</tr>\n");
        }

        html.Markup("</tbody></table></div>\n");
    }

    private static void Cell(HtmlWriter html, string text, decimal value, string? style = null) =>
        html.Element("td", text, $"data-value=\"{value.ToString(CultureInfo.InvariantCulture)}\" class=\"number{(style is null ? string.Empty : " " + style)}\"");
}
