using TradingBot.Prediction;
using TradingBot.Strategies;

namespace TradingBot.Trading;

/// <summary>What one cycle saw, decided and did.</summary>
public sealed record CycleResult
{
    /// <summary>Gets how the cycle ended.</summary>
    public required CycleOutcome Outcome { get; init; }

    /// <summary>Gets the open time of the bar that was decided, or <see langword="null"/> when there was none.</summary>
    public DateTimeOffset? BarOpenTime { get; init; }

    /// <summary>Gets what the model expected, or <see langword="null"/> when it had too little to go on.</summary>
    public Forecast? Forecast { get; init; }

    /// <summary>Gets the decision.</summary>
    public Decision Decision { get; init; }

    /// <summary>Gets why nothing was done, or something less than was decided, for people; <see langword="null"/> when there is nothing to say.</summary>
    public string? Reason { get; init; }

    /// <summary>Gets the guard that kept the bot from entering, or <see langword="null"/>.</summary>
    public Guard? Guard { get; init; }

    /// <summary>Gets the account as it was before any order of this cycle, or <see langword="null"/> when it was not read.</summary>
    public AccountSnapshot? Account { get; init; }

    /// <summary>Gets the orders of this cycle as they stood at its end, cancellations first.</summary>
    public IReadOnlyList<OrderResult> Orders { get; init; } = [];
}
