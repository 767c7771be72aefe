using System.Globalization;
using CsvHelper;
using Spectre.Console;
using TradingBot.Optimization;
using TradingBot.Reporting;

namespace ConsoleHost;

/// <summary>Shows the trials of a search, and what the best of them is worth.</summary>
internal static class SearchTables
{
    private const int Shown = 10;

    public static TrialHistory HistoryOf(SweepSummary summary) => new()
    {
        Count = summary.TrialCount,
        LuckSharpe = summary.LuckSharpe,
        OverfittingProbability = summary.Overfitting?.Probability,
    };

    public static void WriteBest(IAnsiConsole console, SweepResult result, Objective objective)
    {
        var table = new Table().Title("The best trials").Border(TableBorder.Rounded).AddColumn("Settings");
        foreach (var heading in (string[])["Sharpe", "Return", "Largest fall", "Trades"])
        {
            table.AddColumn(new TableColumn(heading).RightAligned());
        }

        foreach (var trial in result.Trials.Where(trial => trial.Score(objective) is not null).OrderByDescending(trial => trial.Score(objective)).Take(Shown))
        {
            table.AddRow(
                Markup.Escape(trial.Parameters.ToString()),
                Number(trial.Outcome.Sharpe),
                Percent(trial.Outcome.TotalReturn),
                Percent(trial.Outcome.MaxDrawdown),
                trial.Outcome.TradeCount.ToString(CultureInfo.InvariantCulture));
        }

        if (table.Rows.Count > 0)
        {
            console.Write(table);
        }

        console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{result.Trials.Count} combination{(result.Trials.Count == 1 ? "" : "s")}, {result.Trials.Count(trial => trial.IsFromLedger)} of them found in the ledger, {result.Trials.Count(trial => trial.Outcome.Refusal is not null)} refused"));
        if (result.Best is { } best)
        {
            console.MarkupLineInterpolated($"Best settings: [bold]{best.Parameters}[/]");
        }
    }

    /// <summary>Says how much of a result is luck; last, so that it is what a person reads.</summary>
    /// <param name="console">The console.</param>
    /// <param name="summary">The figures.</param>
    /// <param name="bestOfMany">Whether the result was chosen among several just now.</param>
    /// <param name="counted">What the ledger counts.</param>
    public static void WriteSummary(IAnsiConsole console, SweepSummary summary, bool bestOfMany, string counted = "Trials")
    {
        var table = new Table().Title("How much of it is luck?").Border(TableBorder.Rounded).AddColumn("").AddColumn(new TableColumn("").RightAligned()).HideHeaders();
        table.AddRow($"{counted} in the ledger", summary.TrialCount.ToString("#,0", CultureInfo.InvariantCulture));
        table.AddRow(bestOfMany ? "Sharpe ratio of the best" : "Sharpe ratio", Number(summary.BestSharpe));
        table.AddRow("Sharpe ratio that luck alone gives", Number(summary.LuckSharpe));
        table.AddRow("Probability that it is above 0", Percent(summary.ProbabilisticSharpe));
        table.AddRow("Probability that it is above luck (deflated Sharpe ratio)", Percent(summary.DeflatedSharpe));
        table.AddRow("Probability of backtest overfitting", Percent(summary.Overfitting?.Probability));
        table.AddRow("Record that it takes", summary.MinimumTrackRecord is { } record ? record.TotalDays.ToString("#,0 'days'", CultureInfo.InvariantCulture) : "no length suffices");
        console.Write(table);
        foreach (var warning in summary.Warnings)
        {
            console.Write(new Panel(new Markup(Markup.Escape(warning), new Style(Color.Yellow))).Header("Before you believe it").BorderColor(Color.Yellow));
        }
    }

    public static void WriteTrials(IReadOnlyList<Trial> trials, string path)
    {
        string[] names = [.. trials.SelectMany(trial => trial.Parameters.Values.Keys).Distinct(StringComparer.Ordinal)];
        using var text = new StreamWriter(path);
        using var csv = CsvWriter.Create(text, new CsvWriterOptions { FormatProvider = CultureInfo.InvariantCulture, NewLine = "\n" }, leaveOpen: true);
        Line([.. names, "sharpe", "total_return", "max_drawdown", "trades", "refusal"]);
        foreach (var (parameters, outcome, _) in trials)
        {
            Line(
            [
                .. names.Select(name => parameters.Values.TryGetValue(name, out var value) ? value.ToString() : string.Empty),
                outcome.Sharpe?.ToString("R", CultureInfo.InvariantCulture) ?? string.Empty,
                outcome.TotalReturn.ToString("R", CultureInfo.InvariantCulture),
                outcome.MaxDrawdown.ToString("R", CultureInfo.InvariantCulture),
                outcome.TradeCount.ToString(CultureInfo.InvariantCulture),
                outcome.Refusal ?? string.Empty,
            ]);
        }

        void Line(IEnumerable<string> fields)
        {
            foreach (var field in fields)
            {
                csv.WriteField(field);
            }

            csv.EndRecord();
        }
    }

    private static string Percent(double? value) => value is { } share ? share.ToString("0.0 %", CultureInfo.InvariantCulture) : "-";

    private static string Number(double? value) => value is { } number ? number.ToString("0.00", CultureInfo.InvariantCulture) : "-";
}
