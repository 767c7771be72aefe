using TradingBot.Trading;

namespace LambdaHost.Events;

/// <summary>What one bot saw, decided and did.</summary>
internal sealed record BotOutcome
{
    /// <summary>Gets the bot's name.</summary>
    public required string Bot { get; init; }

    /// <summary>Gets the market.</summary>
    public required string Symbol { get; init; }

    /// <summary>Gets how it ended: a <see cref="CycleOutcome"/>; "Protected" after a look at the protection; "Reset" when the limits were; or "Refused" when the exchange refused a reading.</summary>
    public required string Outcome { get; init; }

    /// <summary>Gets the open time of the bar that was decided.</summary>
    public DateTimeOffset? Bar { get; init; }

    /// <summary>Gets what the strategy decided.</summary>
    public string? Decision { get; init; }

    /// <summary>Gets why.</summary>
    public string? Reason { get; init; }

    /// <summary>Gets the guard that kept the bot from entering.</summary>
    public string? Guard { get; init; }

    /// <summary>Gets the stop on the exchange that protects what is held.</summary>
    public OrderOutcome? Stop { get; init; }

    /// <summary>Gets the return that the model expects, 0.01 for one per cent.</summary>
    public double? ForecastReturn { get; init; }

    /// <summary>Gets the orders.</summary>
    public IReadOnlyList<OrderOutcome> Orders { get; init; } = [];

    public static BotOutcome Of(string bot, string symbol, CycleResult result) => new()
    {
        Bot = bot,
        Symbol = symbol,
        Outcome = result.Outcome.ToString(),
        Bar = result.BarOpenTime,
        Decision = result.Outcome == CycleOutcome.NotReady ? null : result.Decision.Action.ToString(),
        Reason = result.Reason ?? result.Decision.Reason,
        Guard = result.Guard?.ToString(),
        ForecastReturn = result.Forecast?.Return,
        Orders = [.. result.Orders.Select(OrderOutcome.Of)],
    };

    public static BotOutcome Of(string bot, string symbol, ProtectionResult result) => new()
    {
        Bot = bot,
        Symbol = symbol,
        Outcome = "Protected",
        Reason = result.Reason,
        Guard = result.Guard?.ToString(),
        Stop = result.Stop is { } stop ? OrderOutcome.Of(stop) : null,
        Orders = [.. result.Orders.Select(OrderOutcome.Of)],
    };
}
