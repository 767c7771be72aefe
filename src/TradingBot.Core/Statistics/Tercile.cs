namespace TradingBot.Statistics;

/// <summary>In which third of all values so far a value lies.</summary>
public enum Tercile
{
    /// <summary>The lowest third.</summary>
    Low = 1,

    /// <summary>The middle third.</summary>
    Middle = 2,

    /// <summary>The highest third.</summary>
    High = 3,
}
