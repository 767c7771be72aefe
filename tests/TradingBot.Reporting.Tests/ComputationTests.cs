using TradingBot.Market;
using TradingBot.Prediction;
using TradingBot.Strategies;
using TradingBot.Testing;

namespace TradingBot.Reporting.Tests;

public sealed class ComputationTests
{
    [Fact]
    public void MonthlyReturns_DailyBars_CountEachDayInTheMonthItEndsIn()
    {
        // January has 31 bars; the equity ends it at 11,000 and February, with 29, at 9,900.
        var result = Samples.Backtest(SampleBars.Flat(62, interval: Interval.OneDay), new Idle()) with
        {
            Equity = Enumerable.Range(0, 62).Select(i => i < 30 ? 10_500d : i < 59 ? 11_000d : i < 60 ? 9_900d : 19_800d).ToArray(),
        };

        MonthlyReturns.Of(result).Select(month => (month.Year, month.Month, Math.Round(month.Return!.Value, 12))).Should()
            .Equal((2024, 1, 0.1), (2024, 2, -0.1), (2024, 3, 1));
    }

    [Fact]
    public void MonthlyReturns_AccountThatIsGone_HasNoReturn()
    {
        var result = Samples.Backtest(SampleBars.Flat(62, interval: Interval.OneDay), new Idle()) with { Equity = Enumerable.Repeat(-1d, 62).ToArray() };

        MonthlyReturns.Of(result).Select(month => month.Return).Should().Equal(-1.0001, null, null);
    }

    [Fact]
    public void AlignedForecasts_HorizonOfTwo_StandTwoBarsLater()
    {
        var bars = SampleBars.FromCloses(10, 11, 12, 13);

        AlignedForecasts.Of(new ForecastSeries(bars, [1, 2, double.NaN, 4], horizon: 2)).Should().Equal(double.NaN, double.NaN, 1, 2);
    }

    [Fact]
    public void AlignedForecasts_MissingBar_IsNotSkippedOver()
    {
        var all = SampleBars.FromCloses(10, 11, 12, 13);
        var bars = BarSeries.Create(all.Symbol, all.Interval, GapPolicy.Flag, all.Where((_, i) => i != 2));

        // The forecast made at the second bar was for the missing one.
        AlignedForecasts.Of(new ForecastSeries(bars, [1, 2, 3], horizon: 1)).Should().Equal(double.NaN, 1, double.NaN);
    }

    [Fact]
    public void Thinning_MoreBarsThanPoints_MergesThem()
    {
        var thinning = new Thinning(Thinning.MaxPoints + 1);
        double[] signs = [1, -1];

        thinning.Size.Should().Be(2);
        thinning.Points.Should().Be(1_501);
        thinning.First(i => i)[1].Should().Be(2);
        thinning.Last(i => i)[1].Should().Be(3);
        thinning.Last(i => i == 3 ? double.NaN : i)[1].Should().Be(2);
        thinning.Highest(i => -i)[1].Should().Be(-2);
        thinning.Lowest(i => -i)[1].Should().Be(-3);
        thinning.Largest(i => signs[i % 2] * i)[1].Should().Be(-3);
        thinning.Last(i => i)[^1].Should().Be(3_000, "the last point stands for one bar");
    }

    [Fact]
    public void Thinning_AsManyBarsAsPoints_LeavesThem()
    {
        new Thinning(Thinning.MaxPoints).Size.Should().Be(1);
        new Thinning(1).Points.Should().Be(1);
    }

    [Fact]
    public void Fingerprint_Bars_IsTheOneOfTheRecipe()
    {
        var bars = SampleBars.FromCloses(1);
        using var stream = new MemoryStream();
        using (var writer = new BinaryWriter(stream))
        {
            writer.Write("BTCUSDT 1h"u8);
            writer.Write(bars.OpenTimes[0]);
            foreach (var value in (double[])[bars.Opens[0], bars.Highs[0], bars.Lows[0], bars.Closes[0], bars.Volumes[0]])
            {
                writer.Write(value);
            }
        }

        Fingerprint.Of(bars).Should().Be(Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(stream.ToArray())));
    }

    [Fact]
    public void Chart_Trades_AreMarkedAtTheBarsOfTheirFills()
    {
        var result = Samples.Backtest();
        var marks = BacktestChart.Of(result).Marks;

        marks.Should().HaveCount((2 * result.Trades.Count) - (result.Trades[^1].IsOpen ? 1 : 0));
        marks[0].Should().Be(new ChartMark(result.Trades[0].EntryTime.ToUnixTimeSeconds(), IsEntry: true, result.Trades[0].EntrySide == Side.Buy));
    }

    [Fact]
    public void Chart_Drawdown_IsFromTheHighestEquitySoFar()
    {
        var result = Samples.Backtest(SampleBars.Flat(4), new Idle()) with { Equity = new[] { 7_500d, 12_000, 6_000, 12_000 } };

        BacktestChart.Of(result).Panes[2].Series[0].Values.Should().Equal(-0.25, 0, -0.5, 0);
    }

    private sealed class Idle : IStrategy
    {
        public Decision Decide(in StrategyContext context) => Decision.None;
    }
}
