using TradingBot.Market;
using TradingBot.Strategies;
using static TradingBot.Core.Tests.Trading.CycleBars;

namespace TradingBot.Core.Tests.Strategies;

public sealed class SmaCrossoverStrategyTests
{
    [Theory]
    [InlineData(new double[] { 1, 2, 3 }, DecisionAction.Long)] // 2.5 over 2
    [InlineData(new double[] { 3, 2, 1 }, DecisionAction.Short)]
    [InlineData(new double[] { 2, 2, 2 }, DecisionAction.None)]
    [InlineData(new double[] { 2, 1, 3 }, DecisionAction.None)]
    public void Decide_Flat_TakesTheSideOfTheFastAverage(double[] closes, DecisionAction expected) =>
        Decide(closes).Action.Should().Be(expected);

    [Fact]
    public void Decide_EqualButForRounding_ChangesNothing() =>
        // Three times 0.1 is not 0.3 in binary.
        Decide([0.1, 0.1, 0.1], fast: 2).Should().Be(Decision.None);

    [Theory]
    [InlineData(new double[] { 3, 2, 1, 4 }, 0, DecisionAction.Long)] // 1.5 under 2, then 2.5 over 2.33
    [InlineData(new double[] { 1, 2, 3, 4 }, 0, DecisionAction.None)] // above all along
    [InlineData(new double[] { 1, 2, 3, 4 }, -1, DecisionAction.Long)] // a position of the wrong side turns at once
    [InlineData(new double[] { 2, 2, 2, 1 }, 0, DecisionAction.Short)] // out of equality
    public void Decide_WaitForCross_EntersOnlyWhereTheyCross(double[] closes, int held, DecisionAction expected) =>
        Decide(closes, waitForCross: true, position: new Position(held, held == 0 ? 0 : 2)).Action.Should().Be(expected);

    [Theory]
    [InlineData(false, 30)]
    [InlineData(true, 31)]
    public void Lookback_Default_IsWhatTheSlowAverageNeeds(bool waitForCross, int expected) =>
        new SmaCrossoverStrategy(new SmaCrossoverOptions { WaitForCross = waitForCross }).Lookback.Should().Be(expected);

    [Theory]
    [InlineData(0, 30, "Fast must be 1 or more, found 0.*")]
    [InlineData(30, 30, "Slow must be above Fast, 30, found 30.*")]
    [InlineData(-1, -2, "Fast must*-1*Slow must*-2*")]
    public void Constructor_SettingOutsideItsRange_ReportsIt(int fast, int slow, string message) =>
        FluentActions.Invoking(() => new SmaCrossoverStrategy(new SmaCrossoverOptions { Fast = fast, Slow = slow }))
            .Should().Throw<ArgumentException>().WithMessage(message);

    private static Decision Decide(double[] closes, int fast = 2, bool waitForCross = false, Position position = default) =>
        new SmaCrossoverStrategy(new SmaCrossoverOptions { Fast = fast, Slow = 3, WaitForCross = waitForCross })
            .Decide(new StrategyContext(Of(Interval.OneHour, closes), null, position, 10_000m));
}
