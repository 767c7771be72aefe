namespace TradingBot.FakeBinance.Protocol;

/// <summary>What is sent back.</summary>
internal sealed record Answer(int Status, ReadOnlyMemory<byte> Body)
{
    internal string ContentType { get; init; } = "application/json";

    internal int? RetryAfter { get; init; }

    internal DateTimeOffset Time { get; init; }

    internal int UsedWeight { get; init; }

    internal int OrdersTenSeconds { get; init; }

    internal int OrdersMinute { get; init; }
}
