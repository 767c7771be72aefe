using System.Globalization;

namespace TradingBot.Prediction.Evaluation;

/// <summary>Says a report's verdict in words.</summary>
internal static class ForecastSentence
{
    // An R squared of a fifth; what is known of liquid markets stays far below.
    private const double ImplausibleTheilU = 0.9;

    public static string Of(ForecastReport report) => report.Verdict switch
    {
        ForecastVerdict.Skill => Text($"Skill: {ErrorOf(report)}, more than chance explains (p {PValueOf(report)}). {DirectionOf(report)}{Doubt(report)}"),
        ForecastVerdict.Echo => Text($"Echo: {DelayOf(report)}, and {ErrorOf(report)}{Chance(report)}. It says where the price was, not where it goes."),
        _ when !report.HasEnoughSamples => Text(
            $"No skill shown: {report.Samples} forecasts are too few, skill shows from {ForecastReport.FewestSamples * report.Horizon} on. So far, {ErrorOf(report)}."),
        _ => Text($"No skill: {ErrorOf(report)}{Chance(report)}. {DirectionOf(report)}"),
    };

    private static string ErrorOf(ForecastReport report) => report.TheilU switch
    {
        null => "the price never moved, so that there was nothing to forecast",
        1 => "its error is that of 'the price stays as it is' (Theil's U 1)",
        { } u => Text($"its error over {report.Samples} forecasts is {Math.Abs(1 - u):P1} {(u < 1 ? "below" : "above")} that of 'the price stays as it is' (Theil's U {u:0.000})"),
    };

    private static string Chance(ForecastReport report) =>
        report.TheilU < 1 && report.DieboldMariano is not null ? Text($", no more than chance explains (p {PValueOf(report)})") : string.Empty;

    private static string PValueOf(ForecastReport report) =>
        report.DieboldMariano!.PValue < 0.001 ? "below 0.001" : Text($"{report.DieboldMariano.PValue:0.000}");

    private static string DelayOf(ForecastReport report) => report.Lag is { Bars: > 0 } lag
        ? Text($"the forecast follows the price {lag.Bars} bar(s) late (correlation of changes {lag.Correlation:0.00})")
        : "the forecast is the last close";

    private static string DirectionOf(ForecastReport report) => report.DirectionalAccuracy is { } accuracy
        ? Text($"The direction was right in {accuracy.Share:P1} of {accuracy.Count} cases (95 % interval {accuracy.Lower:P1} to {accuracy.Upper:P1}; always 'up': {report.UpShare:P1}).")
        : "It never named a direction.";

    private static string Doubt(ForecastReport report) =>
        report.TheilU < ImplausibleTheilU ? " So large an advantage is rare: make sure that the forecasts did not see what they forecast." : string.Empty;

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
