using TradingBot.Market;
using TradingBot.Prediction;
using TradingBot.Strategies;
using static TradingBot.Core.Tests.Trading.CycleBars;

namespace TradingBot.Core.Tests.Strategies;

public sealed class ThresholdStrategyTests
{
    [Theory]
    [InlineData(102.1, DecisionAction.Long)]
    [InlineData(101.99, DecisionAction.None)]
    [InlineData(98.01, DecisionAction.None)]
    [InlineData(97.9, DecisionAction.Short)]
    public void Decide_Flat_EntersOnlyBeyondTheThreshold(double forecast, DecisionAction expected) =>
        Decide(100, forecast, default, new ThresholdStrategyOptions { Threshold = 0.02 }).Action.Should().Be(expected);

    [Fact]
    public void Decide_DefaultThreshold_DoesNotTradeOnNoise() =>
        Decide(100, 100.9, default, new ThresholdStrategyOptions()).Should().Be(Decision.None);

    [Fact]
    public void Decide_FlatWithoutForecast_DoesNothing() =>
        Decide(100, null, default, new ThresholdStrategyOptions()).Should().Be(Decision.None);

    [Theory]
    [InlineData(1, 99.99, DecisionAction.Close)]
    [InlineData(1, 100.0, DecisionAction.None)]
    [InlineData(1, 100.01, DecisionAction.None)]
    [InlineData(-1, 100.01, DecisionAction.Close)]
    [InlineData(-1, 99.99, DecisionAction.None)]
    public void Decide_Holding_ClosesWhenTheForecastTurns(int quantity, double forecast, DecisionAction expected) =>
        Decide(100, forecast, new Position(quantity, 100m), new ThresholdStrategyOptions()).Action.Should().Be(expected);

    [Theory]
    [InlineData(1, 95.0, DecisionAction.Close)]
    [InlineData(1, 95.1, DecisionAction.None)]
    [InlineData(-1, 105.0, DecisionAction.Close)]
    [InlineData(-1, 104.9, DecisionAction.None)]
    public void Decide_StopLossPassed_Closes(int quantity, double price, DecisionAction expected)
    {
        var decision = Decide(price, null, new Position(quantity, 100m), new ThresholdStrategyOptions { StopLoss = 0.05 });

        decision.Action.Should().Be(expected);
    }

    [Fact]
    public void Decide_DefaultStop_DoesNotCloseOnALoss() =>
        Decide(50, 60, new Position(1, 100m), new ThresholdStrategyOptions()).Should().Be(Decision.None);

    [Theory]
    [InlineData(0, null, "*Threshold must be above 0 and below 1, found 0.*")]
    [InlineData(double.NaN, null, "*Threshold must be above 0 and below 1, found NaN.*")]
    [InlineData(0.01, 0.0, "*StopLoss must be above 0 and below 1, or left out for none, found 0.*")]
    [InlineData(-1, 1.0, "*Threshold must*-1*StopLoss must*1*")]
    public void Constructor_SettingOutsideItsRange_ReportsIt(double threshold, double? stopLoss, string message) =>
        FluentActions.Invoking(() => new ThresholdStrategy(new ThresholdStrategyOptions { Threshold = threshold, StopLoss = stopLoss }))
            .Should().Throw<ArgumentException>().WithMessage(message);

    private static Decision Decide(double price, double? forecast, Position position, ThresholdStrategyOptions options)
    {
        Forecast? expected = forecast is { } value ? Expecting(value, price) : null;
        return new ThresholdStrategy(options).Decide(new StrategyContext(Of(Interval.OneHour, price), expected, position, 10_000m));
    }
}
