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
        new(
            "sma",
            NeedsForecasts: false,
            [
                new("Fast", 10, "the bars of the fast average") { IsWhole = true },
                new("Slow", 30, "the bars of the slow average") { IsWhole = true },
                new("WaitForCross", 0, "1 to enter only at a bar at which the averages cross") { IsWhole = true },
            ],
            settings => new SmaCrossoverStrategy(
                new SmaCrossoverOptions { Fast = settings.Integer("Fast"), Slow = settings.Integer("Slow"), WaitForCross = settings.Integer("WaitForCross") != 0 }))
        {
            IsSensible = settings => settings.Integer("Fast") < settings.Integer("Slow"),
        },
    ];

    public static StrategyChoice Find(string name) => All.FirstOrDefault(choice => choice.Name == name)
        ?? throw new ArgumentException($"Expected --strategy {string.Join(", ", All.Select(choice => choice.Name))}, found '{name}'.");
}
