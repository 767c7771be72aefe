namespace TradingBot.Simulation;

/// <summary>In which order the prices inside a bar are taken to have come, since a bar does not tell.</summary>
/// <remarks>The two bracket what happened inside one bar by rule, not by proof. <see cref="SimulatedExchange"/> states both rules and where they fall short.</remarks>
public enum IntrabarPath
{
    /// <summary>What hurts the account comes first.</summary>
    Conservative,

    /// <summary>What helps the account comes first.</summary>
    Optimistic,
}
