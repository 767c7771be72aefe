namespace TradingBot.Strategies;

/// <summary>Turns what is known at a bar's close into a decision.</summary>
/// <remarks>A pure function of its context: no clock, no network, no memory between calls. The same instance decides live,
/// on paper and in backtests, possibly on several threads at once.</remarks>
public interface IStrategy
{
    /// <summary>Gets how many bars, the one being decided included, the strategy needs to see; 1 or more.</summary>
    /// <remarks>The context holds exactly so many, live as in a backtest; until there are so many, the strategy is not asked.</remarks>
    int Lookback => 1;

    /// <summary>Gets what the strategy needs to see before it enters, or <see langword="null"/> if it cannot say. Settings whose edge
    /// cannot pay its own costs are refused.</summary>
    StrategyEdge? Edge => null;

    /// <summary>Decides at the close of the context's last bar. Orders that follow fill no earlier than the open of the next bar.</summary>
    Decision Decide(in StrategyContext context);
}
