using TradingBot.Strategies;

namespace ConsoleHost;

/// <summary>The strategies that can be asked for by name, one row each.</summary>
internal static class StrategyNames
{
    public const string Default = "threshold";

    public static IReadOnlyList<StrategyChoice> All { get; } =
    [
        new(
            Default,
            NeedsForecasts: true,
            [
                new("Threshold", 0.002, "the forecast return beyond which a position is entered"),
                new("StopLoss", null, "the loss at which a position is closed, as a share of its entry price; none unless set"),
            ],
            settings => new ThresholdStrategy(new ThresholdStrategyOptions { Threshold = settings.Number("Threshold"), StopLoss = settings.OptionalNumber("StopLoss") })),
    ];

    public static StrategyChoice Find(string name) => All.FirstOrDefault(choice => choice.Name == name)
        ?? throw new ArgumentException($"Expected --strategy {string.Join(", ", All.Select(choice => choice.Name))}, found '{name}'.");
}
