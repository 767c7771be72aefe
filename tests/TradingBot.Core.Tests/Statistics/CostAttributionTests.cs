using TradingBot.Backtesting;
using TradingBot.Core.Tests.Trading;
using TradingBot.Market;
using TradingBot.Simulation;
using TradingBot.Statistics;
using TradingBot.Strategies;
using TradingBot.Trading;

namespace TradingBot.Core.Tests.Statistics;

public sealed class CostAttributionTests
{
    private static readonly BacktestOptions Costly = new()
    {
        Trade = new TradeSettings { SymbolInfo = CycleBars.Rules, PositionFraction = 0.5m },
        TakerFee = 0.001m,
        Slippage = 0.01m,
        Funding = FundingSchedule.Fixed(0.002m, TimeSpan.FromHours(1)),
    };

    [Fact]
    public void Of_OneTrade_AddsUpByHand()
    {
        // 5,000 at a close of 100 buys 50; in at the open of 100 and 1 % worse, out at the open of 120 and 1 % worse; one funding at 110.
        var bars = CycleBars.Of(Interval.OneHour, 100, 100, 110, 120, 120);
        var result = new Backtester(Costly).Run(bars, new Script(Decision.Long, Decision.None, Decision.Close));

        var attribution = CostAttribution.Of(result.Trades);

        attribution.Edge.Should().Be(50m * (120m - 100m));
        attribution.Slippage.Should().Be(50m * (1m + 1.2m));
        attribution.Fees.Should().Be(50m * 0.001m * (101m + 118.8m));
        attribution.NetProfit.Should().Be(result.Statistics.FinalBalance - 10_000m);
        attribution.Funding.Should().Be(result.Statistics.TotalFunding).And.BeLessThan(0);
        attribution.CostShare.Should().BeApproximately(1 - (double)(attribution.NetProfit / 1_000m), 1e-12);
    }

    [Fact]
    public void Of_AnyTrades_SplitsTheWholeProfit() => Properties.ForAll(Properties.Randoms, random =>
    {
        var close = 20_000d;
        var bars = CycleBars.Of(Interval.OneHour, [.. Enumerable.Range(0, 60).Select(_ => close = Math.Round(close * (1 + ((random.NextDouble() - 0.5) * 0.02)), 1))]);
        var result = new Backtester(Costly).Run(bars, new Script([.. Enumerable.Range(0, 60).Select(_ => new Decision((DecisionAction)random.Next(4)))]));

        ((double)(10_000m + CostAttribution.Of(result.Trades).NetProfit)).Should().BeApproximately(result.Equity.Span[^1], 1e-6);
    }, runs: 50);

    [Fact]
    public void CostShare_NoEdge_IsNull() => CostAttribution.Of([]).CostShare.Should().BeNull();

    private sealed class Script(params Decision[] decisions) : IStrategy
    {
        private int _asked;

        public Decision Decide(in StrategyContext context) => _asked < decisions.Length ? decisions[_asked++] : Decision.None;
    }
}
