using System.Globalization;
using Spectre.Console;
using TradingBot.Backtesting;

namespace ConsoleHost;

/// <summary>Shows a backtest to a person.</summary>
internal static class ResultTable
{
    public static void Write(IAnsiConsole console, BacktestResult result, string title)
    {
        var statistics = result.Statistics;
        var table = new Table().Title(Markup.Escape(title)).Border(TableBorder.Rounded).AddColumn("").AddColumn(new TableColumn("Strategy").RightAligned()).AddColumn(new TableColumn("Buy and hold").RightAligned());
        table.AddRow("Total return", Percent(statistics.TotalReturn), Percent(statistics.BuyAndHoldReturn));
        table.AddRow("Annualised return", Percent(statistics.AnnualizedReturn), "");
        table.AddRow("Sharpe / Sortino", $"{Number(statistics.Sharpe)} / {Number(statistics.Sortino)}", Number(statistics.BuyAndHoldSharpe));
        table.AddRow("Maximum drawdown", Percent(statistics.MaxDrawdown), Percent(statistics.BuyAndHoldMaxDrawdown));
        table.AddRow("Length of that drawdown", Days(statistics.MaxDrawdownLength), "");
        table.AddRow("Final balance", Money(statistics.FinalBalance), "");
        table.AddRow("Trades", statistics.TradeCount.ToString(CultureInfo.InvariantCulture), "");
        table.AddRow("Win rate", Percent(statistics.WinRate), "");
        table.AddRow("Profit/loss ratio", Number(statistics.ProfitLossRatio), "");
        table.AddRow("Largest win / loss", $"{Money(statistics.LargestWin)} / {Money(statistics.LargestLoss)}", "");
        table.AddRow("Time in market", Percent(statistics.Exposure), "100.0 %");
        table.AddRow("Fees / funding / slippage", $"{Money(statistics.TotalFees)} / {Money(statistics.TotalFunding)} / {Money(statistics.TotalSlippage)}", "");
        console.Write(table);
        if (result.BreakEven is { } breakEven)
        {
            console.MarkupLineInterpolated($"[dim]{breakEven.Explanation}[/]");
        }

        foreach (var (denial, count) in result.Denials.OrderByDescending(pair => pair.Value).Take(5))
        {
            console.MarkupLineInterpolated($"[yellow]{count} x no order: {denial}[/]");
        }

        foreach (var warning in result.Warnings)
        {
            console.Write(new Panel(new Markup(Markup.Escape(warning), new Style(Color.Red, decoration: Decoration.Bold))).Header("Warning").BorderColor(Color.Red));
        }
    }

    private static string Percent(double? value) => value is { } share ? share.ToString("0.0 %", CultureInfo.InvariantCulture) : "-";

    private static string Number(double? value) => value is { } number ? number.ToString("0.00", CultureInfo.InvariantCulture) : "-";

    private static string Money(decimal? value) => value is { } money ? money.ToString("#,0.00", CultureInfo.InvariantCulture) : "-";

    private static string Days(TimeSpan? value) => value is { } span ? span.TotalDays.ToString("0.# 'days'", CultureInfo.InvariantCulture) : "-";
}
