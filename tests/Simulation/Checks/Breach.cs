namespace TradingBot.Tests.Simulation.Checks;

/// <summary>Something that must never be so, and was.</summary>
/// <param name="What">What was seen, and what is allowed.</param>
/// <param name="Time">When, in milliseconds of the world.</param>
/// <param name="Cycle">In which cycle, counted over all hosts.</param>
internal sealed record Breach(string What, long Time, int Cycle);
