using System.Text.Json.Serialization;
using LambdaHost.Bots;
using TradingBot.Optimization.Parameters;

namespace LambdaHost.Sweeps;

/// <summary>A setting of the strategy and its range.</summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
internal sealed record SweepParameter
{
    public const string Threshold = "Threshold";
    public const string StopLoss = "StopLoss";

    /// <summary>Gets the setting's name.</summary>
    public required string Name { get; init; }

    /// <summary>Gets the smallest value.</summary>
    public required double From { get; init; }

    /// <summary>Gets the largest value.</summary>
    public required double To { get; init; }

    /// <summary>Gets how many values a grid tries.</summary>
    public int Count { get; set; } = 10;

    /// <summary>Gets a value indicating whether the values lie at equal ratios.</summary>
    public bool Logarithmic { get; set; }

    public Parameter ToParameter() => Name is Threshold or StopLoss
        ? Parameter.Real(Name, From, To, Count, Logarithmic)
        : throw new SettingsException($"The strategy has no setting '{Name}'; expected {Threshold} or {StopLoss}.");
}
