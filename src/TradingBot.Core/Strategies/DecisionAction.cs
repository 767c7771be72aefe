namespace TradingBot.Strategies;

/// <summary>What a decision asks for.</summary>
public enum DecisionAction
{
    /// <summary>Leave everything as it is.</summary>
    None = 0,

    /// <summary>Hold a long position: enter when flat, reverse when short, keep when long.</summary>
    Long = 1,

    /// <summary>Hold a short position: enter when flat, reverse when long, keep when short.</summary>
    Short = 2,

    /// <summary>Hold nothing: close what is held.</summary>
    Close = 3,
}
