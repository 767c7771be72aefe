namespace TradingBot.Optimization;

/// <summary>By which figure the best trial is chosen; larger is better.</summary>
public enum Objective
{
    /// <summary>The annualised Sharpe ratio.</summary>
    Sharpe = 0,

    /// <summary>The return over the whole time.</summary>
    TotalReturn = 1,

    /// <summary>The return over the whole time, divided by the maximum drawdown.</summary>
    ReturnOverDrawdown = 2,
}
