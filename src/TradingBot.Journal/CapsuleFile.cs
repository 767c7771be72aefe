namespace TradingBot.Journal;

/// <summary>What a capsule's file holds.</summary>
internal sealed record CapsuleFile
{
    /// <summary>The version of the format that this library writes.</summary>
    public const int CurrentVersion = 1;

    public required int Version { get; init; }

    public required DecisionEntry Decision { get; init; }
}
