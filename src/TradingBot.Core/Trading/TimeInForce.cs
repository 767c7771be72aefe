namespace TradingBot.Trading;

/// <summary>How long a limit order waits.</summary>
public enum TimeInForce
{
    /// <summary>Until it is filled or canceled.</summary>
    GoodTillCanceled = 1,

    /// <summary>What cannot fill at once expires.</summary>
    ImmediateOrCancel = 2,

    /// <summary>Only as a maker: it is refused if it would fill at once.</summary>
    PostOnly = 3,
}
