using System.Globalization;
using CsvHelper;

namespace TradingBot.Reporting;

/// <summary>Lists the rounds of a training with the mean and its 95 % interval.</summary>
internal static class RoundTable
{
    private static readonly (string Heading, string Field, Func<ForecastRound, double?> Value)[] Columns =
    [
        ("Epoch kept", "kept_epoch", round => round.KeptEpoch),
        ("Training loss", "training_loss", round => LossOf(round.TrainingLosses, round.KeptEpoch)),
        ("Validation loss", "validation_loss", round => LossOf(round.ValidationLosses, round.KeptEpoch)),
        ("RMSE", "rmse", round => round.Report?.Model.Rmse),
        ("MAE", "mae", round => round.Report?.Model.Mae),
        ("MAPE", "mape", round => round.Report?.Model.Mape),
        ("Scaled RMSE", "min_max_rmse", round => round.Report?.Model.MinMaxRmse),
        ("Theil's U", "theil_u", round => round.Report?.TheilU),
        ("Direction right", "directional_accuracy", round => round.Report?.DirectionalAccuracy?.Share),
    ];

    public static void Write(HtmlWriter html, IReadOnlyList<ForecastRound> rounds)
    {
        html.Markup("<div class=\"scroll tall\" tabindex=\"0\"><table class=\"figures rounds\"><thead><tr><th scope=\"col\">Round</th>");
        foreach (var (heading, _, _) in Columns)
        {
            html.Element("th", heading, "scope=\"col\"");
        }

        html.Element("th", "Verdict", "scope=\"col\"").Markup("</tr></thead><tbody>\n");
        foreach (var (index, round) in rounds.Index())
        {
            Row(html, Figures.Count(index + 1), string.Empty, Columns.Select(column => column.Value(round)), round.Report?.Verdict.ToString());
        }

        var intervals = Intervals(rounds);
        Row(html, "Mean", "class=\"mean\"", intervals.Select(interval => interval?.Mean), null);
        Row(html, "95 % from", string.Empty, intervals.Select(interval => interval?.Lower), null);
        Row(html, "95 % to", string.Empty, intervals.Select(interval => interval?.Upper), null);
        html.Markup("</tbody></table></div>\n<p class=\"note\">The interval is that of the mean over rounds, by Student's t. It says how much training varies, not whether the model has skill. Losses are those of the epoch that was kept, or of the last.</p>\n");
    }

    public static void WriteCsv(IReadOnlyList<ForecastRound> rounds, string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        if (Path.GetDirectoryName(Path.GetFullPath(path)) is { } folder)
        {
            Directory.CreateDirectory(folder);
        }

        using var text = new StreamWriter(path);
        using var csv = CsvWriter.Create(text, new CsvWriterOptions { FormatProvider = CultureInfo.InvariantCulture, NewLine = "\n" }, leaveOpen: true);
        Line("round", Columns.Select(column => column.Field), "verdict");
        foreach (var (index, round) in rounds.Index())
        {
            Line(Figures.Number(index + 1, "0"), Columns.Select(column => Text(column.Value(round))), round.Report?.Verdict.ToString() ?? string.Empty);
        }

        var intervals = Intervals(rounds);
        Line("mean", intervals.Select(interval => Text(interval?.Mean)), string.Empty);
        Line("lower_95", intervals.Select(interval => Text(interval?.Lower)), string.Empty);
        Line("upper_95", intervals.Select(interval => Text(interval?.Upper)), string.Empty);

        void Line(string first, IEnumerable<string> fields, string last)
        {
            csv.WriteField(first);
            foreach (var field in fields)
            {
                csv.WriteField(field);
            }

            csv.WriteField(last);
            csv.EndRecord();
        }
    }

    private static MeanInterval?[] Intervals(IReadOnlyList<ForecastRound> rounds) =>
        Array.ConvertAll(Columns, column => MeanInterval.Of([.. rounds.Select(column.Value).OfType<double>()]));

    private static double? LossOf(IReadOnlyList<double> losses, int? epoch) =>
        losses.Count == 0 ? null : epoch is { } kept && kept >= 1 && kept <= losses.Count ? losses[kept - 1] : losses[^1];

    private static void Row(HtmlWriter html, string name, string attributes, IEnumerable<double?> values, string? verdict)
    {
        html.Markup($"<tr {attributes}>").Element("th", name, "scope=\"row\"");
        foreach (var value in values)
        {
            html.Element("td", Figures.Digits(value));
        }

        html.Element("td", verdict).Markup("</tr>\n");
    }

    private static string Text(double? value) => value?.ToString("R", CultureInfo.InvariantCulture) ?? string.Empty;
}
