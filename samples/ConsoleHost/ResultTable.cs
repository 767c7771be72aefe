using System.Globalization;
using Spectre.Console;
using TradingBot.Backtesting;

namespace ConsoleHost;

/// <summary>Shows a backtest to a person.</summary>
internal static class ResultTable
{
    private const string None = "-";

    public static void Write(IAnsiConsole console, BacktestResult result, string title)
    {
        var statistics = result.Statistics;
        var table = new Table().Title(Markup.Escape($"{title}\n{result.Bars}")).Border(TableBorder.Rounded).AddColumn("").AddColumn(new TableColumn("Strategy").RightAligned()).AddColumn(new TableColumn("Buy and hold").RightAligned());
        string Share(Func<BacktestStatistics, double?> figure) => Between(result.BoundsOf(figure), Percent);
        string Ratio(Func<BacktestStatistics, double?> figure) => Between(result.BoundsOf(figure), Number);
        string Amount(Func<BacktestStatistics, decimal?> figure) => Between(result.BoundsOf(figure), Money);
        table.AddRow("Total return", Share(figures => figures.TotalReturn), Percent(statistics.BuyAndHoldReturn));
        table.AddRow("Annualised return", Share(figures => figures.AnnualizedReturn), "");
        table.AddRow("Sharpe / Sortino", $"{Ratio(figures => figures.Sharpe)} / {Ratio(figures => figures.Sortino)}", Number(statistics.BuyAndHoldSharpe));
        table.AddRow("Maximum drawdown", Share(figures => figures.MaxDrawdown), Percent(statistics.BuyAndHoldMaxDrawdown));
        table.AddRow("Length of that drawdown", Between(result.BoundsOf(figures => (TimeSpan?)figures.MaxDrawdownLength), Days), "");
        table.AddRow("Final balance", Amount(figures => figures.FinalBalance), "");
        table.AddRow("Trades", Between(result.BoundsOf(figures => (int?)figures.TradeCount), Count), "");
        table.AddRow("Win rate", Share(figures => figures.WinRate), "");
        table.AddRow("Profit/loss ratio", Ratio(figures => figures.ProfitLossRatio), "");
        table.AddRow("Largest win / loss", $"{Amount(figures => figures.LargestWin)} / {Amount(figures => figures.LargestLoss)}", "");
        table.AddRow("Time in market", Share(figures => figures.Exposure), "100.0 %");
        table.AddRow("Fees / funding / slippage", $"{Amount(figures => figures.TotalFees)} / {Amount(figures => figures.TotalFunding)} / {Amount(figures => figures.TotalSlippage)}", "");
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

    // The figure where both paths through the bars agree, else the interval.
    private static string Between<T>(Bounds<T>? bounds, Func<T, string> print)
        where T : struct, IComparable<T> => bounds?.Print(print) ?? None;

    private static string Percent(double value) => value.ToString("0.0 %", CultureInfo.InvariantCulture);

    private static string Number(double value) => value.ToString("0.00", CultureInfo.InvariantCulture);

    private static string Number(double? value) => value is { } number ? Number(number) : None;

    private static string Money(decimal value) => value.ToString("#,0.00", CultureInfo.InvariantCulture);

    private static string Count(int value) => value.ToString(CultureInfo.InvariantCulture);

    private static string Days(TimeSpan value) => value.TotalDays.ToString("0.# 'days'", CultureInfo.InvariantCulture);
}
