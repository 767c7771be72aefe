namespace TradingBot.Trading;

/// <summary>A limit that stops trading.</summary>
public enum RiskLimit
{
    /// <summary>No limit.</summary>
    None = 0,

    /// <summary>The loss within a UTC day.</summary>
    DailyLoss = 1,

    /// <summary>The fall of the equity from its highest value.</summary>
    Drawdown = 2,
}
