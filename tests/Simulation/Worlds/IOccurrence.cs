namespace TradingBot.Tests.Simulation.Worlds;

/// <summary>Something that happens at an instant of a world.</summary>
internal interface IOccurrence
{
    /// <summary>Lets it happen.</summary>
    /// <param name="stamp">What was given when it was scheduled.</param>
    void Occur(int stamp);
}
