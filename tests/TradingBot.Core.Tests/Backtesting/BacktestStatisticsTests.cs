using TradingBot.Backtesting;
using TradingBot.Core.Tests.Market;
using TradingBot.Market;

namespace TradingBot.Core.Tests.Backtesting;

public sealed class BacktestStatisticsTests
{
    private static readonly double[] Equity = [1100, 990, 1089, 1200, 1140, 1254];
    private static readonly double[] Closes = [110, 105, 120, 90, 100, 80];

    private static readonly bool[] HalfTheTime = [true, false, true, true, false, false];

    // The expected numbers were computed apart from this code, with the statistics module of another language.
    [Fact]
    public void Compute_DailyCurve_GivesTheTextbookRatios()
    {
        var statistics = Compute(Interval.OneDay, Equity);
        statistics.TotalReturn.Should().BeApproximately(0.254, 1e-12);
        statistics.AnnualizedReturn.Should().BeApproximately(954_478.9356709105, 1e-3);
        statistics.Sharpe.Should().BeApproximately(8.720241723149678, 1e-9);
        statistics.Sortino.Should().BeApproximately(17.57490091927397, 1e-9);
        statistics.BuyAndHoldReturn.Should().BeApproximately(-0.2, 1e-12);
        statistics.BuyAndHoldSharpe.Should().BeApproximately(-2.6548383920892573, 1e-9);
        statistics.BuyAndHoldMaxDrawdown.Should().BeApproximately(1d / 3, 1e-12); // 120 to 80
    }

    [Fact]
    public void Compute_ShorterBars_AnnualisesByTheirNumberInAYear()
    {
        var (daily, hourly) = (Compute(Interval.OneDay, Equity), Compute(Interval.FourHours, Equity));
        hourly.Sharpe.Should().BeApproximately(daily.Sharpe!.Value * Math.Sqrt(6), 1e-9);
        hourly.Sortino.Should().BeApproximately(daily.Sortino!.Value * Math.Sqrt(6), 1e-9);
        hourly.AnnualizedReturn.Should().BeApproximately(7.561375757377633e+35, 1e24);
        hourly.TotalReturn.Should().Be(daily.TotalReturn);
    }

    [Fact]
    public void Compute_TwoYears_CompoundsPerYear()
    {
        var equity = Enumerable.Repeat(1000d, 730).ToArray();
        equity[^1] = 1210;
        Compute(Interval.OneDay, equity).AnnualizedReturn.Should().BeApproximately(0.1, 1e-12);
    }

    [Theory]
    [InlineData(new double[] { 1100, 1200, 1300, 1400 }, 0, 0)] // never fell
    [InlineData(new double[] { 1000, 1000, 1000, 1000 }, 0, 0)]
    [InlineData(new double[] { 900, 950, 1000, 1100 }, 0.1, 3)] // from the start, recovered exactly at the third close
    [InlineData(new double[] { 1100, 880, 990, 1050 }, 0.2, 3)] // from the first close, not recovered by the end
    [InlineData(new double[] { 1100, 990, 1200, 600 }, 0.5, 1)] // the deepest fall is the last
    [InlineData(new double[] { 1100, 1100, 550, 1100 }, 0.5, 2)] // a peak reached twice counts from its last time
    [InlineData(new double[] { 500, 1000, 500, 1000 }, 0.5, 2)] // of equal falls, the first
    [InlineData(new double[] { 500, 0, 0, 0 }, 1, 4)]
    public void Compute_Drawdown_IsTheDeepestFallFromAPeak(double[] equity, double share, int days)
    {
        var statistics = Compute(Interval.OneDay, equity);
        statistics.MaxDrawdown.Should().BeApproximately(share, 1e-12);
        statistics.MaxDrawdownLength.Should().Be(TimeSpan.FromDays(days));
    }

    [Fact]
    public void Compute_DrawdownAcrossAGap_CountsTheTimeOfTheMissingBars()
    {
        var bars = TestBars.Series(GapPolicy.Flag, 0, 1, 10);
        BacktestStatistics.Compute(bars, [1000, 900, 950], new bool[3], [], 1000, 950).MaxDrawdownLength.Should().Be(TimeSpan.FromHours(10));
    }

    [Theory]
    [InlineData(new double[] { 1000, 1000, 1000 })] // never varied
    [InlineData(new double[] { 1010, 1020.1, 1030.301 })] // the same return each time, but for rounding
    [InlineData(new double[] { 1010 })] // one return
    [InlineData(new double[] { 500, 0, 0 })] // nothing left to earn on
    public void Compute_NoVariance_GivesNoSharpe(double[] equity) => Compute(Interval.OneDay, equity).Sharpe.Should().BeNull();

    [Fact]
    public void Compute_NoFallingReturn_GivesNoSortino()
    {
        var statistics = Compute(Interval.OneDay, [1010, 1030, 1030]);
        statistics.Sortino.Should().BeNull();
        statistics.Sharpe.Should().BePositive();
    }

    [Fact]
    public void Compute_EverythingLost_IsMinusOneAYear() => Compute(Interval.OneDay, [500, 0]).AnnualizedReturn.Should().Be(-1);

    [Fact]
    public void Compute_EquityBelowZero_HasNoYearlyReturn()
    {
        var statistics = Compute(Interval.OneDay, [500, -100]);
        statistics.AnnualizedReturn.Should().BeNull();
        statistics.TotalReturn.Should().Be(-1.1);
        statistics.MaxDrawdown.Should().Be(1.1);
    }

    [Fact]
    public void Compute_YearlyReturnBeyondADouble_IsNull() => Compute(Interval.OneMinute, [2000]).AnnualizedReturn.Should().BeNull();

    [Fact]
    public void Compute_Trades_GivesTheirFigures()
    {
        Trade[] trades =
        [
            Trade(gross: 110, fees: 6, funding: -4, slippage: 1), // +100
            Trade(gross: -40, fees: 6, funding: 6, slippage: 2), // -40
            Trade(gross: 60, fees: 10, funding: 0, slippage: 3), // +50
            Trade(gross: 5, fees: 5, funding: 0, slippage: 0), // neither
            Trade(gross: -5, fees: 5, funding: 0, slippage: 0.5m) with { IsOpen = true }, // -10
        ];
        var statistics = Compute(Interval.OneDay, Equity, trades, HalfTheTime, finalBalance: 1234.56m);
        statistics.TradeCount.Should().Be(5);
        statistics.WinRate.Should().Be(0.4);
        statistics.ProfitLossRatio.Should().Be(3); // 75 over 25
        statistics.ProfitFactor.Should().Be(3); // 150 over 50
        statistics.LargestWin.Should().Be(100);
        statistics.LargestLoss.Should().Be(-40);
        statistics.TotalFees.Should().Be(32);
        statistics.TotalFunding.Should().Be(2);
        statistics.TotalSlippage.Should().Be(6.5m);
        statistics.Exposure.Should().Be(0.5);
        statistics.FinalBalance.Should().Be(1234.56m);
    }

    [Fact]
    public void Compute_NoTrades_LeavesTheirFiguresOut()
    {
        var statistics = Compute(Interval.OneDay, Equity);
        (statistics.TradeCount, statistics.TotalFees, statistics.TotalFunding, statistics.TotalSlippage, statistics.Exposure).Should().Be((0, 0m, 0m, 0m, 0d));
        statistics.WinRate.Should().BeNull();
        statistics.ProfitLossRatio.Should().BeNull();
        statistics.ProfitFactor.Should().BeNull();
        statistics.LargestWin.Should().BeNull();
        statistics.LargestLoss.Should().BeNull();
    }

    [Fact]
    public void Compute_OnlyWins_HasNoRatioToLosses()
    {
        var statistics = Compute(Interval.OneDay, Equity, [Trade(10, 0, 0, 0)]);
        statistics.WinRate.Should().Be(1);
        statistics.ProfitLossRatio.Should().BeNull();
        statistics.ProfitFactor.Should().BeNull();
        statistics.LargestWin.Should().Be(10);
        statistics.LargestLoss.Should().BeNull();
    }

    [Fact]
    public void Compute_OnlyLosses_HasAProfitFactorOfZero()
    {
        var statistics = Compute(Interval.OneDay, Equity, [Trade(-10, 0, 0, 0)]);
        statistics.WinRate.Should().Be(0);
        statistics.ProfitLossRatio.Should().BeNull();
        statistics.ProfitFactor.Should().Be(0);
        statistics.LargestWin.Should().BeNull();
        statistics.LargestLoss.Should().Be(-10);
    }

    [Fact]
    public void Compute_AnyCurve_HasTheDrawdownOfALoopOverItsValues() => Properties.ForAll(
        Properties.Randoms,
        random =>
        {
            // A few levels only, so that peaks and troughs come back exactly.
            var levels = random.Next(2, 200);
            double[] equity = [.. Enumerable.Range(0, random.Next(1, 300)).Select(_ => 900d + random.Next(levels))];
            var (peak, peakAt, worst, from, until, isOver) = (1_000d, 0, 0d, 0, 0, true);
            for (var i = 0; i < equity.Length; i++)
            {
                if (!isOver)
                {
                    until = i + 1;
                    isOver = equity[i] >= equity.Take(from).Append(1_000d).Max();
                }

                if (equity[i] >= peak)
                {
                    (peak, peakAt) = (equity[i], i + 1);
                }
                else if ((peak - equity[i]) / peak is var share && share > worst)
                {
                    (worst, from, until, isOver) = (share, peakAt, i + 1, false);
                }
            }

            var statistics = Compute(Interval.OneHour, equity);

            statistics.MaxDrawdown.Should().Be(worst);
            statistics.MaxDrawdownLength.Should().Be(TimeSpan.FromHours(until - from));
        });

    [Fact]
    public void Compute_AnyCurve_KeepsDrawdownsInRangeAndIgnoresTheScale() => Properties.ForAll(
        Properties.Randoms,
        random =>
        {
            var equity = new double[random.Next(2, 200)];
            var (value, scale) = (1000d, Math.Exp((random.NextDouble() * 10) - 5));
            for (var i = 0; i < equity.Length; i++)
            {
                value *= Math.Exp((random.NextDouble() - 0.5) * 0.5);
                equity[i] = value;
            }

            var statistics = Compute(Interval.OneHour, equity);
            statistics.MaxDrawdown.Should().BeInRange(0, 1);
            statistics.MaxDrawdownLength.Should().BeGreaterThanOrEqualTo(TimeSpan.Zero).And.BeLessThanOrEqualTo(TimeSpan.FromHours(equity.Length));
            (statistics.MaxDrawdown == 0).Should().Be(statistics.MaxDrawdownLength == TimeSpan.Zero);

            // The lowest fall by comparing every pair, against the one pass of the code.
            double[] all = [1000, .. equity];
            var expected = 0d;
            for (var i = 0; i < all.Length; i++)
            {
                for (var j = i; j < all.Length; j++)
                {
                    expected = Math.Max(expected, (all[i] - all[j]) / all[i]);
                }
            }

            statistics.MaxDrawdown.Should().BeApproximately(expected, 1e-12);

            // A start of 1,000 times the scale is not a whole decimal, so the curve is scaled by the decimal's value.
            var initial = Math.Round((decimal)(1000 * scale), 6);
            var factor = (double)initial / 1000;
            var scaled = Compute(Interval.OneHour, Array.ConvertAll(equity, number => number * factor), initialBalance: initial);
            scaled.MaxDrawdown.Should().BeApproximately(statistics.MaxDrawdown, 1e-9);
            scaled.TotalReturn.Should().BeApproximately(statistics.TotalReturn, 1e-9 * Math.Max(1, statistics.TotalReturn));
            scaled.Sharpe.Should().BeApproximately(statistics.Sharpe!.Value, 1e-6 * Math.Max(1, Math.Abs(statistics.Sharpe.Value)));
        },
        runs: 100);

    [Fact]
    public void Compute_LengthsDiffer_SaysSo()
    {
        var compute = () => BacktestStatistics.Compute(TestBars.Hours(3), [1, 2], new bool[3], [], 1, 1);
        compute.Should().Throw<ArgumentException>().WithMessage("Expected one value per bar, 3, found 2 of the equity and 3 of the position.");
    }

    [Fact]
    public void Compute_EquityNotFinite_SaysWhere()
    {
        var compute = () => BacktestStatistics.Compute(TestBars.Hours(3), [1, double.NaN, 2], new bool[3], [], 1, 1);
        compute.Should().Throw<ArgumentException>().WithMessage("The equity at 2024-01-01 02:00:00Z is NaN; expected a finite number.*");
    }

    [Fact]
    public void Compute_NoBarsOrNoBalance_Throws()
    {
        ((Action)(() => BacktestStatistics.Compute(TestBars.Hours(0), [], [], [], 1, 1))).Should().Throw<ArgumentException>();
        ((Action)(() => BacktestStatistics.Compute(TestBars.Hours(1), [1], [true], [], 0, 1))).Should().Throw<ArgumentException>();
    }

    private static Trade Trade(decimal gross, decimal fees, decimal funding, decimal slippage) => new()
    {
        EntrySide = Side.Buy,
        EntryTime = TestBars.Start,
        ExitTime = TestBars.Start + TimeSpan.FromDays(1),
        Quantity = 1,
        EntryPrice = 100,
        ExitPrice = 100 + gross,
        GrossProfit = gross,
        Fees = fees,
        Funding = funding,
        Slippage = slippage,
        BarsHeld = 1,
    };

    private static BacktestStatistics Compute(
        Interval interval, double[] equity, Trade[]? trades = null, bool[]? inMarket = null, decimal initialBalance = 1000, decimal finalBalance = 0)
    {
        var builder = new BarSeriesBuilder(TestBars.BtcUsdt, interval, GapPolicy.Reject);
        for (var i = 0; i < equity.Length; i++)
        {
            var (open, close) = (i == 0 ? 100 : Close(i - 1), Close(i));
            builder.Add(new Bar(TestBars.Start + (i * interval.Length), interval.Length, open, Math.Max(open, close), Math.Min(open, close), close, 1));
        }

        return BacktestStatistics.Compute(builder.Build(), equity, inMarket ?? new bool[equity.Length], trades ?? [], initialBalance, finalBalance);
    }

    private static double Close(int index) => Closes[index % Closes.Length];
}
