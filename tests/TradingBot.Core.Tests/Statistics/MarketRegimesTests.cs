using TradingBot.Backtesting;
using TradingBot.Core.Tests.Trading;
using TradingBot.Market;
using TradingBot.Statistics;
using TradingBot.Strategies;
using TradingBot.Trading;

namespace TradingBot.Core.Tests.Statistics;

public sealed class MarketRegimesTests
{
    [Fact]
    public void Compute_AnyBars_AgreesWithCountingByHand() => Properties.ForAll(Properties.Randoms, random =>
    {
        var window = random.Next(2, 12);
        var closes = Walk(random, random.Next(1, 200));
        var regimes = MarketRegimes.Compute(CycleBars.Of(Interval.OneHour, closes), window);

        regimes.Should().HaveCount(closes.Length);
        for (var i = 0; i < closes.Length; i++)
        {
            // The closes before bar i give i - window values; the last of them is ranked.
            double[] trends = [.. Enumerable.Range(window, Math.Max(0, i - window)).Select(end => ReturnMoments.Of(LogReturns(closes, end, window)).Mean)];
            double[] volatilities = [.. Enumerable.Range(window, Math.Max(0, i - window)).Select(end => ReturnMoments.Of(LogReturns(closes, end, window)).Square)];
            regimes[i].Should().Be(trends.Length < MarketRegimes.Warmup ? null : new MarketRegime(TercileOfLast(trends), TercileOfLast(volatilities)), "of bar {0}", i);
        }
    }, runs: 40);

    [Fact]
    public void Compute_OtherFuture_NeverChangesARegime() => Properties.ForAll(Properties.Randoms, random =>
    {
        var closes = Walk(random, 200);
        var cut = random.Next(1, 200);
        var regimes = MarketRegimes.Compute(CycleBars.Of(Interval.OneHour, closes), 5);

        MarketRegimes.Compute(CycleBars.Of(Interval.OneHour, closes[..cut]), 5).Should().Equal(regimes.Take(cut));
        random.Shuffle(closes.AsSpan(cut));
        MarketRegimes.Compute(CycleBars.Of(Interval.OneHour, closes), 5).Take(cut + 1).Should().Equal(regimes.Take(cut + 1));
    }, runs: 100);

    [Fact]
    public void Of_KnownReturns_AddUpPerRegime()
    {
        var closes = Walk(new Random(4), 300);
        var bars = CycleBars.Of(Interval.OneHour, closes);
        double[] returns = [.. Enumerable.Range(0, 300).Select(i => i == 0 ? 0 : (closes[i] / closes[i - 1]) - 1)];

        var report = RegimeReport.Of(bars, returns, 10)!;

        report.UnknownBarCount.Should().Be(10 + MarketRegimes.Warmup);
        report.ByTrend.Select(result => result.Tercile).Should().Equal(Tercile.Low, Tercile.Middle, Tercile.High);
        foreach (var results in new[] { report.ByTrend, report.ByVolatility })
        {
            results.Sum(result => result.BarCount).Should().Be(300 - report.UnknownBarCount);
            results.Aggregate(1d, (growth, result) => growth * (1 + result.TotalReturn!.Value)).Should().BeApproximately(closes[^1] / closes[report.UnknownBarCount - 1], 1e-9);

            // Holding the market is the market.
            results.Should().AllSatisfy(result => result.TotalReturn.Should().BeApproximately(result.MarketReturn!.Value, 1e-9));
        }

        var low = Enumerable.Range(0, 300).Where(i => MarketRegimes.Compute(bars, 10)[i]?.Trend == Tercile.Low).Select(i => returns[i]).ToArray();
        report.ByTrend[0].Sharpe.Should().Be(ReturnMoments.Of(low).Sharpe * Math.Sqrt(8760));
    }

    [Fact]
    public void Of_Backtest_IsThatOfItsEquity()
    {
        var bars = CycleBars.Of(Interval.OneHour, Walk(new Random(9), 200));
        var result = new Backtester(new BacktestOptions { Trade = new TradeSettings { SymbolInfo = CycleBars.Rules } }).Run(bars, new CycleBars.Always(Decision.Long));

        RegimeReport.Of(result, 10).Should().BeEquivalentTo(RegimeReport.Of(bars, EquityReturns.Compute(10_000, result.Equity.Span), 10));
    }

    [Fact]
    public void Of_TooFewBars_IsNull() => RegimeReport.Of(CycleBars.Of(Interval.OneHour, Walk(new Random(1), 40)), new double[40], 10).Should().BeNull();

    [Fact]
    public void Of_BadInput_SaysSo()
    {
        var bars = CycleBars.Of(Interval.OneHour, 100, 101);
        FluentActions.Invoking(() => RegimeReport.Of(bars, new double[3])).Should().Throw<ArgumentException>().WithMessage("Expected one return per bar, 2, found 3.*");
        FluentActions.Invoking(() => RegimeReport.Of(bars, [0, double.NaN])).Should().Throw<ArgumentException>().WithMessage("Expected finite returns*");
        FluentActions.Invoking(() => MarketRegimes.Compute(bars, 1)).Should().Throw<ArgumentOutOfRangeException>();
    }

    private static double[] Walk(Random random, int count)
    {
        var close = 20_000d;
        return [.. Enumerable.Range(0, count).Select(_ => close = Math.Round(close * (1 + ((random.NextDouble() - 0.5) * 0.02)), 1))];
    }

    private static double[] LogReturns(double[] closes, int end, int window) =>
        [.. Enumerable.Range(end - window + 1, window).Select(i => Math.Log(closes[i] / closes[i - 1]))];

    private static Tercile TercileOfLast(double[] values)
    {
        var share = (values.Count(value => value < values[^1]) + values.Count(value => value <= values[^1])) / 2d / values.Length;
        return share < 1 / 3d ? Tercile.Low : share <= 2 / 3d ? Tercile.Middle : Tercile.High;
    }
}
