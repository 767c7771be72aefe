namespace TradingBot.Monitoring;

/// <summary>When a bot counts as unhealthy.</summary>
public sealed class HealthThresholds
{
    /// <summary>Gets or sets how long ago the last good cycle may have ended.</summary>
    /// <value>The default is <see langword="null"/>: two bars and a minute.</value>
    public TimeSpan? MaxCycleAge { get; set; }

    /// <summary>Gets or sets how long ago the last bar seen may have closed.</summary>
    /// <value>The default is <see langword="null"/>: two bars and a minute.</value>
    public TimeSpan? MaxDataAge { get; set; }

    /// <summary>Gets or sets how far the clocks of host and exchange may differ, either way.</summary>
    /// <value>The default is one second.</value>
    public TimeSpan MaxClockOffset { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>Gets or sets how long a position may be held without its stop.</summary>
    /// <value>The default is one minute.</value>
    public TimeSpan MaxUnprotected { get; set; } = TimeSpan.FromMinutes(1);
}
