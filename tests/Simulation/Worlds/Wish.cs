namespace TradingBot.Tests.Simulation.Worlds;

/// <summary>What a bot is to hold.</summary>
internal enum Wish
{
    /// <summary>Whatever it holds.</summary>
    Anything,
    Flat,
    Long,
    Short,
    LongAtLimit,
    ShortAtLimit,
}
