using System.Globalization;
using Spectre.Console;
using TradingBot.Prediction;
using TradingBot.Prediction.Evaluation;

namespace ConsoleHost;

/// <summary>Shows an evaluation to a person.</summary>
internal static class ReportTable
{
    public static void Write(IAnsiConsole console, ForecastReport report, string title)
    {
        var (model, persistence) = (report.Model, report.Persistence);
        var table = new Table().Title(Markup.Escape(title)).Border(TableBorder.Rounded)
            .AddColumn("").AddColumn(new TableColumn("Model").RightAligned()).AddColumn(new TableColumn("Last close").RightAligned());
        table.AddRow("RMSE", Number(model.Rmse, "#,0.00"), Number(persistence.Rmse, "#,0.00"));
        table.AddRow("MAE", Number(model.Mae, "#,0.00"), Number(persistence.Mae, "#,0.00"));
        table.AddRow("MAPE", Number(model.Mape, "0.00 %"), Number(persistence.Mape, "0.00 %"));
        table.AddRow("Min-max RMSE", Number(model.MinMaxRmse, "0.0000"), Number(persistence.MinMaxRmse, "0.0000"));
        table.AddRow("RMSE of log returns", Number(model.LogReturnRmse, "0.00000"), Number(persistence.LogReturnRmse, "0.00000"));
        table.AddRow("Theil's U", Number(report.TheilU, "0.000"), "1.000");
        table.AddRow("Direction right", DirectionOf(report), "");
        table.AddRow("Diebold-Mariano p", Number(report.DieboldMariano?.PValue, "0.000"), "");
        table.AddRow("Lag of best correlation", report.Lag is { } lag ? string.Create(CultureInfo.InvariantCulture, $"{lag.Bars} ({lag.Correlation:0.00})") : "-", "");
        table.AddRow("Forecasts", report.Samples.ToString(CultureInfo.InvariantCulture), "");
        console.Write(table);
        console.MarkupLineInterpolated($"[{(report.Verdict == ForecastVerdict.Skill ? "green" : "yellow")}]{report.Sentence}[/]");
    }

    private static string DirectionOf(ForecastReport report) => report.DirectionalAccuracy is { } accuracy
        ? string.Create(CultureInfo.InvariantCulture, $"{accuracy.Share:0.0 %} ({accuracy.Lower:0.0 %} to {accuracy.Upper:0.0 %})")
        : "-";

    private static string Number(double? value, string format) => value is { } number ? number.ToString(format, CultureInfo.InvariantCulture) : "-";
}
