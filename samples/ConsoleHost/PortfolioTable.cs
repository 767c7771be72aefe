using System.Globalization;
using Spectre.Console;
using TradingBot.Backtesting;

namespace ConsoleHost;

/// <summary>Shows a portfolio to a person: the account, then what each market made and what it cost.</summary>
internal static class PortfolioTable
{
    public static void Write(IAnsiConsole console, PortfolioResult result, string title)
    {
        console.Write(AccountOf(result, title));
        // Two tables, so that each fits into eighty columns.
        console.Write(ResultsOf(result));
        console.Write(CostsOf(result));
        foreach (var market in result.Markets)
        {
            foreach (var (denial, count) in market.Denials.OrderByDescending(pair => pair.Value).Take(5))
            {
                console.MarkupLineInterpolated($"[yellow]{market.Market.Bars.Symbol}: {count} x no order: {denial}[/]");
            }
        }

        foreach (var warning in result.Warnings)
        {
            console.Write(new Panel(new Markup(Markup.Escape(warning), new Style(Color.Red, decoration: Decoration.Bold))).Header("Warning").BorderColor(Color.Red));
        }
    }

    private static Table AccountOf(PortfolioResult result, string title)
    {
        var statistics = result.Statistics;
        var table = TableOf("", "Account", "Held in equal parts").Title(Markup.Escape(title));
        // The figure where both paths through the bars agree, else the interval.
        string Share(Func<BacktestStatistics, double?> figure) => result.BoundsOf(figure)?.Print(static value => Percent(value)) ?? "-";
        string Ratio(Func<BacktestStatistics, double?> figure) => result.BoundsOf(figure)?.Print(static value => Number(value)) ?? "-";
        table.AddRow("Total return", Share(figures => figures.TotalReturn), Percent(statistics.BuyAndHoldReturn));
        table.AddRow("Annualised return", Share(figures => figures.AnnualizedReturn), "");
        table.AddRow("Sharpe / Sortino", $"{Ratio(figures => figures.Sharpe)} / {Ratio(figures => figures.Sortino)}", Number(statistics.BuyAndHoldSharpe));
        table.AddRow("Maximum drawdown", Share(figures => figures.MaxDrawdown), Percent(statistics.BuyAndHoldMaxDrawdown));
        table.AddRow("Final balance", result.BoundsOf(figures => (decimal?)figures.FinalBalance)?.Print(Money) ?? "-", "");
        table.AddRow("Time in any market", Share(figures => figures.Exposure), "");
        return table;
    }

    private static Table ResultsOf(PortfolioResult result)
    {
        var all = result.Statistics;
        return MarketsOf(
            result,
            ("Trades", market => Count(market.Trades.Count), Count(all.TradeCount)),
            ("Win rate", market => Percent(market.WinRate), Percent(all.WinRate)),
            ("Contribution", market => Percent(market.Contribution), Percent(all.TotalReturn)),
            ("Net profit", market => Money(market.NetProfit), Money(result.Markets.Sum(market => market.NetProfit))),
            ("Buy and hold", market => Percent(market.BuyAndHoldReturn), Percent(all.BuyAndHoldReturn)));
    }

    private static Table CostsOf(PortfolioResult result)
    {
        var all = result.Statistics;
        return MarketsOf(
            result,
            ("Edge", market => Money(market.Edge), Money(result.Markets.Sum(market => market.Edge))),
            ("Fees", market => Money(market.TotalFees), Money(all.TotalFees)),
            ("Funding", market => Money(market.TotalFunding), Money(all.TotalFunding)),
            ("Slippage", market => Money(market.TotalSlippage), Money(all.TotalSlippage)),
            ("In market", market => Percent(market.Exposure), Percent(all.Exposure)));
    }

    private static Table MarketsOf(PortfolioResult result, params (string Heading, Func<PortfolioMarketResult, string> Of, string All)[] figures)
    {
        var table = TableOf("Market", [.. figures.Select(figure => figure.Heading)]);
        foreach (var market in result.Markets)
        {
            table.AddRow([market.Market.Bars.Symbol.Id, .. figures.Select(figure => figure.Of(market))]);
        }

        table.AddRow(["All", .. figures.Select(figure => figure.All)]);
        return table;
    }

    private static Table TableOf(string first, params string[] figures)
    {
        var table = new Table().Border(TableBorder.Rounded).AddColumn(first);
        foreach (var heading in figures)
        {
            table.AddColumn(new TableColumn(heading).RightAligned());
        }

        return table;
    }

    private static string Percent(double? value) => value is { } share ? share.ToString("0.0 %", CultureInfo.InvariantCulture) : "-";

    private static string Number(double? value) => value is { } number ? number.ToString("0.00", CultureInfo.InvariantCulture) : "-";

    private static string Money(decimal value) => value.ToString("#,0.00", CultureInfo.InvariantCulture);

    private static string Count(int value) => value.ToString(CultureInfo.InvariantCulture);
}
