using TradingBot.Prediction;

namespace TradingBot.Reporting;

/// <summary>Writes a model's card and its verdict.</summary>
internal static class ModelFacts
{
    public static void Write(HtmlWriter html, ModelCard card)
    {
        html.Element("p", card.Skill is { } skill ? $"Verdict: {skill.Verdict}. The model is {skill}." : "Verdict: none, the model was not evaluated.", $"class=\"verdict {(card.Skill?.Verdict == ForecastVerdict.Skill ? "gain" : "loss")}\"");
        html.Facts(
        [
            ("Name", card.Name),
            ("Reads", string.Join(", ", card.Features.Select(feature => feature.ToString()).Concat(card.Exogenous.Select(feature => feature.Name)))),
            ("Window", $"{card.Window} bars of {card.Interval}"),
            ("Horizon", $"{card.Horizon} bar(s)"),
            ("Output", card.Output.ToString()),
            ("Scaling", ScalingOf(card.Scaling)),
            ("Trained on", card.Symbol?.ToString() ?? "not told"),
            ("Training part begins", Figures.Instant(card.TrainedFrom) ?? "not told"),
            ("Training part ends", Figures.Instant(card.TrainedTo) ?? "not told"),
            ("SHA-256 of the file", card.ContentHash ?? "no file"),
        ]);
    }

    private static string ScalingOf(ModelScaling scaling) => scaling switch
    {
        ModelScaling.MinMax => "minimum and maximum, outside the graph",
        ModelScaling.RollingMinMax rolling => $"minimum and maximum of the last {rolling.Bars} bars, outside the graph",
        ModelScaling.ZScore => "mean and deviation, outside the graph",
        ModelScaling.LogReturn => "log returns, outside the graph",
        _ => "none outside the graph",
    };
}
