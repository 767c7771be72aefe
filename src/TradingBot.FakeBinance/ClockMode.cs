namespace TradingBot.FakeBinance;

/// <summary>What moves the server from bar to bar.</summary>
public enum ClockMode
{
    /// <summary>Bars are advanced on request. In between, the server's time flows from the bar's open with the time provider, but never
    /// past the running bar.</summary>
    Manual = 1,

    /// <summary>The server's time is the time provider's. The bars are moved by whole bars and days so that they happen now, and are
    /// advanced as they close.</summary>
    Real = 2,
}
