using TradingBot.Prediction.Evaluation;

namespace TradingBot.Core.Tests.Prediction.Evaluation;

public sealed class ProportionIntervalTests
{
    // Newcombe (1998), Two-sided confidence intervals for the single proportion, Statistics in Medicine 17:857-872, table I, method 3.
    [Theory]
    [InlineData(81, 263, 0.2553, 0.3662)]
    [InlineData(15, 148, 0.0624, 0.1605)]
    [InlineData(0, 20, 0, 0.1611)]
    [InlineData(1, 29, 0.0061, 0.1718)]
    public void Wilson_PublishedExamples_GiveThePrintedInterval(int hits, int count, double lower, double upper)
    {
        var interval = ProportionInterval.Wilson(hits, count);

        interval.Lower.Should().BeApproximately(lower, 0.00005);
        interval.Upper.Should().BeApproximately(upper, 0.00005);
        interval.Share.Should().Be((double)hits / count);
    }

    [Fact]
    public void Wilson_OverlappingTries_CountAsFewer()
    {
        var overlapping = ProportionInterval.Wilson(500, 1000, overlap: 5);
        var apart = ProportionInterval.Wilson(100, 200);

        (overlapping.Lower, overlapping.Upper).Should().Be((apart.Lower, apart.Upper));
    }

    [Fact]
    public void Wilson_AllHits_EndsAtOne() => ProportionInterval.Wilson(7, 7).Upper.Should().Be(1);

    [Theory]
    [InlineData(-1, 5, 1)]
    [InlineData(6, 5, 1)]
    [InlineData(0, 0, 1)]
    [InlineData(1, 5, 0)]
    public void Wilson_ImpossibleCounts_Throw(int hits, int count, int overlap)
    {
        var compute = () => ProportionInterval.Wilson(hits, count, overlap);

        compute.Should().Throw<ArgumentOutOfRangeException>();
    }
}
