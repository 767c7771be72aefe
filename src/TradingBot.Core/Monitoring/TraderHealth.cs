using TradingBot.Prediction;
using TradingBot.Trading;

namespace TradingBot.Monitoring;

/// <summary>How a trader fares, at one instant. What is not known yet is <see langword="null"/>.</summary>
public sealed record TraderHealth
{
    /// <summary>Gets the UTC time at which the last cycle ended without a failure.</summary>
    public DateTimeOffset? LastCycleAt { get; init; }

    /// <summary>Gets how many cycles have failed since.</summary>
    public int FailedCycles { get; init; }

    /// <summary>Gets the UTC close time of the last bar that a cycle saw.</summary>
    public DateTimeOffset? LastBarCloseTime { get; init; }

    /// <summary>Gets how far the exchange's clock is ahead of the host's.</summary>
    public TimeSpan? ClockOffset { get; init; }

    /// <summary>Gets since when a position has been held without the stop that it should have; <see langword="null"/> while all is well.</summary>
    public DateTimeOffset? UnprotectedSince { get; init; }

    /// <summary>Gets the limit that has stopped trading.</summary>
    public RiskLimit Tripped { get; init; }

    /// <summary>Gets what the model's card says of its skill; <see langword="null"/> when it was not evaluated.</summary>
    public ForecastVerdict? Verdict { get; init; }
}
