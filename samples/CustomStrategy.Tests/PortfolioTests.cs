using CustomStrategy;
using FluentAssertions;
using TradingBot.Backtesting;
using TradingBot.Market;
using TradingBot.Testing;
using TradingBot.Trading;
using Xunit;

namespace CustomStrategySamples.Tests;

/// <summary>The strategy on two markets that share one account.</summary>
public sealed class PortfolioTests
{
    // <portfolio>
    [Fact]
    public void Run_TwoMarkets_ShareOneAccount()
    {
        PortfolioMarket[] markets =
        [
            MarketOf(SampleBars.RandomWalk(count: 500, seed: 1, Symbol.Parse("BTCUSDT"), Interval.OneHour)),
            MarketOf(SampleBars.RandomWalk(count: 100, seed: 2, Symbol.Parse("ETHUSDT"), Interval.FourHours)),
        ];

        var result = new PortfolioBacktester(new PortfolioOptions { MarginMode = MarginMode.Cross, MaxDrawdown = 0.2m }).Run(markets);

        result.Markets.Should().OnlyContain(market => market.Trades.Count > 1);
        result.Markets.Sum(market => market.Contribution).Should().BeApproximately(result.Statistics.TotalReturn, 1e-9);
    }

    private static PortfolioMarket MarketOf(BarSeries bars) => new()
    {
        Bars = bars,
        Strategy = new BreakoutStrategy(),
        Trade = new TradeSettings { SymbolInfo = SampleSymbols.For(bars.Symbol), PositionFraction = 0.4m },
    };
    // </portfolio>
}
