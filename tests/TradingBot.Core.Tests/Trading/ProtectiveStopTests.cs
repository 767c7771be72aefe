using TradingBot.Market;
using TradingBot.Trading;

namespace TradingBot.Core.Tests.Trading;

public sealed class ProtectiveStopTests
{
    [Theory]
    [InlineData(1, 50_000, 0.05, Side.Sell, 47_500)]
    [InlineData(-1, 50_000, 0.05, Side.Buy, 52_500)]
    [InlineData(1, 50_000.37, 0.0333, Side.Sell, 48_335.4)] // 48,335.357...
    [InlineData(-1, 50_000.37, 0.0333, Side.Buy, 51_665.3)] // 51,665.382...
    public void Of_Position_LiesTheLossAwayOnTheTickThatTriggersSooner(double quantity, double entry, double loss, Side side, double trigger) =>
        ProtectiveStop.Of(new Position((decimal)quantity, (decimal)entry), (decimal)loss, CycleBars.Rules)
            .Should().Be(new ProtectiveStop(side, (decimal)trigger));

    [Fact]
    public void Of_FlatPosition_IsNone() => ProtectiveStop.Of(Position.Flat, 0.05m, CycleBars.Rules).Should().BeNull();

    [Fact]
    public void Of_WaitingEntry_IsThatOfItsLimit() =>
        ProtectiveStop.Of(TraderRig.Market(Side.Sell, 2) with { Type = OrderType.Limit, Price = 100m }, 0.05m, CycleBars.Rules)
            .Should().Be(new ProtectiveStop(Side.Buy, 105m));

    [Theory]
    [InlineData(true, false, 0, true)]
    [InlineData(false, true, 2, true)]
    [InlineData(false, true, 1.9, false)] // leaves a part unprotected
    [InlineData(false, false, 2, false)] // would open a position
    public void IsServedBy_StopOfTheRightPlace_MustCloseAllThatIsHeld(bool closes, bool reduceOnly, double quantity, bool expected) =>
        new ProtectiveStop(Side.Sell, 95m).IsServedBy(
            TraderRig.StopOf(Side.Sell, 95m, "s") with { ClosePosition = closes, ReduceOnly = reduceOnly, Quantity = (decimal)quantity }, held: 2, tick: 0.1m)
            .Should().Be(expected);

    [Theory]
    [InlineData(95.1, true)]
    [InlineData(94.9, true)]
    [InlineData(95.2, false)]
    public void IsServedBy_TriggerATickOff_IsTheSame(double trigger, bool expected) =>
        new ProtectiveStop(Side.Sell, 95m).IsServedBy(TraderRig.StopOf(Side.Sell, (decimal)trigger, "s"), 1, 0.1m).Should().Be(expected);

    // (1 / leverage - 0.004) / 1.004, by hand.
    [Theory]
    [InlineData(0.05, 10, true)]
    [InlineData(0.0957, 10, false)]
    [InlineData(0.0956, 10, true)]
    [InlineData(0.016, 50, false)]
    [InlineData(0.0159, 50, true)]
    [InlineData(0.99, 1, true)]
    public void LiquidationFault_Isolated_IsTheMarginLessMaintenance(double loss, int leverage, bool isFine) =>
        (ProtectiveStop.LiquidationFault((decimal)loss, leverage, MarginMode.Isolated, 0.1m, null) is null).Should().Be(isFine);

    [Fact]
    public void LiquidationFault_Beyond_SaysWhereItLies() =>
        ProtectiveStop.LiquidationFault(0.2m, 10, MarginMode.Isolated, 0.1m, null).Should().Be(
            "StopLoss must be nearer than the liquidation price, which leverage 10 in Isolated mode puts at a loss of 0.0956 at most, found 0.2.");

    [Fact]
    public void LiquidationFault_Cross_CountsTheWholeBalance()
    {
        ProtectiveStop.LiquidationFault(0.2m, 10, MarginMode.Cross, 0.1m, null).Should().BeNull("the balance is as large as the position");
        ProtectiveStop.LiquidationFault(0.2m, 10, MarginMode.Cross, 0.5m, null).Should().Contain("a loss of 0.1952 at most");
        ProtectiveStop.LiquidationFault(0.2m, 10, MarginMode.Cross, 0.5m, 1_000m).Should().BeNull("a largest notional may cut the position down");
    }
}
