using TradingBot.Backtesting;
using TradingBot.Market;
using TradingBot.Statistics;
using TradingBot.Testing;

namespace TradingBot.Reporting.Tests;

/// <summary>The sentences about luck follow from the returns, and from the trials that a ledger counted.</summary>
public sealed class LuckTests
{
    [Fact]
    public void Of_Result_IsTheStatisticsOfItsReturns()
    {
        var result = Samples.Backtest();
        var estimate = ReturnMoments.Of(EquityReturns.Compute(10_000, result.Equity.Span)!).ToSharpeEstimate()!.Value;
        var annual = Math.Sqrt(365);

        var alone = Luck.Of(result, null);
        var one = Luck.Of(result, new TrialHistory { Count = 1 });
        var many = Luck.Of(result, new TrialHistory { Count = 400, LuckSharpe = 0.5 });

        alone.Sharpe.Should().BeApproximately(result.Statistics.Sharpe!.Value, 1e-9);
        alone.Probabilistic.Should().Be(estimate.ProbabilityAbove(0));
        (alone.LuckSharpe, alone.Deflated).Should().Be((0, alone.Probabilistic));
        (one.LuckSharpe, one.Deflated).Should().Be((0, alone.Probabilistic));
        many.LuckSharpe.Should().BeApproximately(0.5, 1e-12);
        many.Deflated.Should().BeApproximately(estimate.ProbabilityAbove(0.5 / annual)!.Value, 1e-12);
        many.RecordNeeded!.Value.TotalDays.Should().Be(Math.Ceiling(estimate.MinimumTrackRecordLength(0.5 / annual)!.Value));
        many.Bootstrap.Should().Be(StationaryBootstrap.Compute(EquityReturns.Compute(10_000, result.Equity.Span)!));
    }

    [Fact]
    public void Of_AccountThatIsGone_SaysNothing()
    {
        var luck = Luck.Of(Samples.Backtest() with { Equity = Enumerable.Repeat(-1d, 800).ToArray() }, new TrialHistory { Count = 400, LuckSharpe = 1 });

        (luck.Sharpe, luck.Deflated, luck.Bootstrap).Should().Be(((double?)null, (double?)null, (BootstrapResult?)null));
        LuckFindings.Of(luck).Should().BeEmpty();
    }

    [Fact]
    public void Of_LuckThatIsNotKnown_SaysSo()
    {
        var luck = Luck.Of(WithProbability(0.9), new TrialHistory { Count = 2 });

        (luck.LuckSharpe, luck.Deflated, luck.RecordNeeded).Should().Be(((double?)null, (double?)null, (TimeSpan?)null));
        LuckFindings.Of(luck).Should().Equal("After 2 trials, what luck alone gives the best of them cannot be told: fewer than two have a Sharpe ratio.");
    }

    [Theory]
    [InlineData(0.9499, true)]
    [InlineData(0.9501, false)]
    public void Findings_ShortRecord_IsBelowTheBar(double probability, bool said)
    {
        var luck = Luck.Of(WithProbability(probability), null);

        luck.Probabilistic.Should().BeApproximately(probability, 1e-6);
        if (said)
        {
            LuckFindings.Of(luck).Should().ContainSingle().Which.Should()
                .MatchRegex(@"^A Sharpe ratio of [0-9.]+ in 730 bars lies above 0 with a probability of 94\.9 %, below the customary 95 %; it would take 73[0-9]([.][0-9])? days like these 730 days to reach that\.$");
        }
        else
        {
            LuckFindings.Of(luck).Should().BeEmpty();
        }
    }

    [Fact]
    public void Findings_LossWithoutTrials_NeedNoWordOnLuck() => LuckFindings.Of(Luck.Of(WithMean(-0.001), null)).Should().BeEmpty();

    [Theory]
    [InlineData(0.001, "After 400 trials, luck alone gives this Sharpe ratio: the best of so many is expected to show *")]
    [InlineData(-0.001, null)]
    public void Findings_SharpeAtTheExpectedBest_IsLuck(double distance, string? sentence)
    {
        // The record is long and steady enough that a Sharpe ratio just above luck's fails the bar, but not this sentence.
        var result = WithMean(0.001);
        var sharpe = Luck.Of(result, null).Sharpe!.Value;
        var findings = LuckFindings.Of(Luck.Of(result, new TrialHistory { Count = 400, LuckSharpe = sharpe + distance })).ToArray();

        findings.Should().ContainSingle().Which.Should().Match(sentence ?? "After 400 trials, luck alone is expected to give the best of them a Sharpe ratio of *; this one has *. The probability that more than luck is behind it is 50.0 %, below the customary 95 %*");
    }

    [Theory]
    [InlineData(0.9499, true)]
    [InlineData(0.9501, false)]
    public void Findings_DeflatedSharpe_IsBelowTheBar(double probability, bool said)
    {
        // What luck gives is set so that the deflated ratio is the one wanted.
        var result = WithMean(0.002);
        var returns = EquityReturns.Compute(10_000, result.Equity.Span)!;
        var estimate = ReturnMoments.Of(returns).ToSharpeEstimate()!.Value;
        var (low, high) = (-1d, estimate.Sharpe);
        for (var step = 0; step < 100; step++)
        {
            var middle = (low + high) / 2;
            (low, high) = estimate.ProbabilityAbove(middle) > probability ? (middle, high) : (low, middle);
        }

        var findings = LuckFindings.Of(Luck.Of(result, new TrialHistory { Count = 12_345, LuckSharpe = low * Math.Sqrt(365) })).ToArray();

        if (said)
        {
            findings.Should().ContainSingle().Which.Should().MatchRegex("^After 12,345 trials, luck alone is expected to give the best of them a Sharpe ratio of .* is 94\\.9 %, below the customary 95 %; it would take");
        }
        else
        {
            findings.Should().BeEmpty();
        }
    }

    [Theory]
    [InlineData(0.499, false)]
    [InlineData(0.5, true)]
    public void Findings_Overfitting_IsNamedFromEvenOdds(double probability, bool said) =>
        LuckFindings.Of(Luck.Of(WithMean(0.01), new TrialHistory { Count = 10, LuckSharpe = 0.1, OverfittingProbability = probability })).Should().Equal(said
            ? ["In 50.0 % of the ways to cut the time in two, the best trial of one half was in the lower half of the other: choosing the best is overfitting."]
            : []);

    // 730 daily returns of plus and minus one per cent about a mean.
    private static BacktestResult WithMean(double mean)
    {
        var equity = new double[730];
        var value = 10_000d;
        for (var i = 0; i < equity.Length; i++)
        {
            equity[i] = value *= 1 + mean + (i % 2 == 0 ? 0.01 : -0.01);
        }

        return Samples.Backtest(60) with { Bars = SampleBars.Flat(730, interval: Interval.OneDay), Equity = equity };
    }

    private static BacktestResult WithProbability(double probability)
    {
        var (low, high) = (0d, 0.01);
        for (var step = 0; step < 100; step++)
        {
            var middle = (low + high) / 2;
            (low, high) = ReturnMoments.Of(EquityReturns.Compute(10_000, WithMean(middle).Equity.Span)!).ToSharpeEstimate()!.Value.ProbabilityAbove(0) < probability ? (middle, high) : (low, middle);
        }

        return WithMean(low);
    }
}
