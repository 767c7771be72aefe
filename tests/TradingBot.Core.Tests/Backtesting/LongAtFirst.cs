using TradingBot.Backtesting;
using TradingBot.Core.Tests.Trading;
using TradingBot.Simulation;
using TradingBot.Strategies;
using TradingBot.Trading;

namespace TradingBot.Core.Tests.Backtesting;

/// <summary>Enters a long position after the first bar of all, and counts how often it is asked.</summary>
internal sealed class LongAtFirst : IStrategy
{
    /// <summary>Gets options that leave the funding as the only cost: half of 10,000 at 100 is 50 pieces, and one payment of 1 % on them is 50.</summary>
    public static BacktestOptions Costly { get; } = new()
    {
        Trade = new TradeSettings { SymbolInfo = CycleBars.Rules, PositionFraction = 0.5m, StopLoss = 0.1m },
        MakerFee = 0,
        TakerFee = 0,
        Slippage = 0,
        Funding = FundingSchedule.Fixed(0.01m),
    };

    public decimal? Limit { get; init; }

    public int Asked { get; private set; }

    public Decision Decide(in StrategyContext context)
    {
        Asked++;
        return context.BarOpenTime == CycleBars.Start ? Decision.Long with { LimitPrice = Limit } : Decision.None;
    }
}
