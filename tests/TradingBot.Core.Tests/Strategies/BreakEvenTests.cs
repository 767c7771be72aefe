using TradingBot.Strategies;

namespace TradingBot.Core.Tests.Strategies;

public sealed class BreakEvenTests
{
    private static readonly TimeSpan Day = TimeSpan.FromDays(1);

    [Fact]
    public void Compute_UsualCosts_GivesTheHitRateAndExplainsIt()
    {
        // Costs: fees 2 x 0.05 %, slippage 2 x 0.01 %, funding 3 x 0.01 % a day = 0.15 %; (1 + 0.15) / 2 = 57.5 %.
        var result = BreakEven.Compute(new StrategyEdge(0.01, null), 0.0005m, 0.0001m, Day);
        result.FeeCost.Should().BeApproximately(0.001, 1e-15);
        result.SlippageCost.Should().BeApproximately(0.0002, 1e-15);
        result.FundingCost.Should().BeApproximately(0.0003, 1e-15);
        result.CostPerRoundTrip.Should().BeApproximately(0.0015, 1e-15);
        result.RequiredHitRate.Should().BeApproximately(0.575, 1e-12);
        result.IsPayable.Should().BeTrue();
        result.Explanation.Should().Be(
            "A round trip costs 0.15 % (fees 0.1 %, slippage 0.02 %, funding 0.03 %); entered on an expected move of 1 %, a trade that is right earns "
            + "0.85 % and one that is wrong loses 1.15 %, so 57.5 % of trades must be right to break even.");
    }

    [Theory]
    [InlineData(0.0015)] // earns its costs and nothing more, even when always right
    [InlineData(0.001)]
    [InlineData(0)]
    public void Compute_ThresholdNotAboveTheCosts_CannotPay(double threshold)
    {
        var result = BreakEven.Compute(new StrategyEdge(threshold, 0.0001), 0.0005m, 0.00025m, TimeSpan.Zero);
        result.RequiredHitRate.Should().BeNull();
        result.IsPayable.Should().BeFalse();
        result.Explanation.Should().Be(
            $"A round trip costs 0.15 % (fees 0.1 %, slippage 0.05 %, funding 0 %); the threshold enters on an expected move of "
            + $"{(threshold * 100).ToString("0.####", System.Globalization.CultureInfo.InvariantCulture)} %, which does not pay that even when every forecast is right.");
    }

    [Theory]
    [InlineData(null, 0.575)] // (1 + 0.15) / (1 + 1)
    [InlineData(0.02, 0.575)] // farther away than the move: not reached
    [InlineData(0.01, 0.575)]
    [InlineData(0.005, 0.65 / 1.5)] // (0.5 + 0.15) / (1 + 0.5)
    public void Compute_StopLoss_CountsWhereItIsNearerThanTheMove(double? stopLoss, double expected) =>
        BreakEven.Compute(new StrategyEdge(0.01, stopLoss), 0.0005m, 0.00025m, TimeSpan.Zero).RequiredHitRate.Should().BeApproximately(expected, 1e-12);

    [Fact]
    public void Compute_NoCosts_NeedsAFairCoin() =>
        BreakEven.Compute(new StrategyEdge(0.01, null), 0, 0, TimeSpan.Zero).RequiredHitRate.Should().Be(0.5);

    [Theory]
    [InlineData(0.0002, 8, 0.0006)] // three times a day
    [InlineData(-0.0002, 8, 0.0006)] // taken as paid, whoever pays
    [InlineData(0.0002, 4, 0.0012)]
    [InlineData(0, 1, 0)]
    public void Compute_Funding_IsExpectedByTheHoldingTime(double rate, int hours, double expected) =>
        BreakEven.Compute(new StrategyEdge(0.01, null), 0, 0, Day, (decimal)rate, TimeSpan.FromHours(hours)).FundingCost.Should().BeApproximately(expected, 1e-15);

    [Fact]
    public void Compute_AnySettings_EarnsNothingAtTheRequiredHitRate() => Properties.ForAll(Properties.Randoms, random =>
    {
        var edge = new StrategyEdge(random.NextDouble() * 0.05, random.Next(2) == 0 ? null : 0.0001 + (random.NextDouble() * 0.05));
        var result = BreakEven.Compute(edge, random.Next(10) / 10_000m, random.Next(10) / 10_000m, random.Next(100) * TimeSpan.FromHours(1));
        var cost = result.CostPerRoundTrip;
        if (result.RequiredHitRate is { } rate)
        {
            rate.Should().BeInRange(0, 1);
            var loss = Math.Min(edge.StopLoss ?? edge.Threshold, edge.Threshold);
            ((rate * (edge.Threshold - cost)) - ((1 - rate) * (loss + cost))).Should().BeApproximately(0, 1e-15);
        }
        else
        {
            edge.Threshold.Should().BeLessThanOrEqualTo(cost);
        }
    });

    [Fact]
    public void Compute_ValueOutsideItsRange_Throws()
    {
        var edge = new StrategyEdge(0.01, null);
        Action[] calls =
        [
            () => BreakEven.Compute(edge with { Threshold = -0.01 }, 0, 0, Day),
            () => BreakEven.Compute(edge with { Threshold = double.NaN }, 0, 0, Day),
            () => BreakEven.Compute(edge with { Threshold = double.PositiveInfinity }, 0, 0, Day),
            () => BreakEven.Compute(edge with { StopLoss = 0 }, 0, 0, Day),
            () => BreakEven.Compute(edge with { StopLoss = double.NaN }, 0, 0, Day),
            () => BreakEven.Compute(edge, -0.0001m, 0, Day),
            () => BreakEven.Compute(edge, 1, 0, Day),
            () => BreakEven.Compute(edge, 0, -0.0001m, Day),
            () => BreakEven.Compute(edge, 0, 1, Day),
            () => BreakEven.Compute(edge, 0, 0, -Day),
            () => BreakEven.Compute(edge, 0, 0, Day, 1),
            () => BreakEven.Compute(edge, 0, 0, Day, 0, TimeSpan.Zero),
        ];
        calls.Should().AllSatisfy(call => call.Should().Throw<ArgumentOutOfRangeException>());
    }
}
