namespace TradingBot.Tests.Simulation.Worlds;

/// <summary>What a bot waits for.</summary>
internal enum CallKind
{
    Bars,
    Rules,
    Price,
    Prepare,
    Account,
    Submit,
    Find,
    Cancel,
    LoadRisk,
    SaveRisk,
    Journal,
    Timer,
}
