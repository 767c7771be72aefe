namespace TradingBot.Trading;

/// <summary>What a look after the position's protection found and did.</summary>
public sealed record ProtectionResult
{
    /// <summary>Gets the account as it was found.</summary>
    public required AccountSnapshot Account { get; init; }

    /// <summary>Gets the stop that protects the position or the waiting entry, or <see langword="null"/> when there is none.</summary>
    public OrderResult? Stop { get; init; }

    /// <summary>Gets the orders that were sent or canceled, in that order of time.</summary>
    public IReadOnlyList<OrderResult> Orders { get; init; } = [];

    /// <summary>Gets the guard that kept the position from being touched, or <see langword="null"/>.</summary>
    public Guard? Guard { get; init; }

    /// <summary>Gets what there is to say, for people; <see langword="null"/> when nothing.</summary>
    public string? Reason { get; init; }
}
