using TradingBot.Market;

namespace TradingBot.Core.Tests.Market;

public sealed class PositionTests
{
    [Fact]
    public void Flat_Always_HoldsNothing()
    {
        Position.Flat.Should().Be(new Position(0, 0));
        (Position.Flat.IsFlat, Position.Flat.IsLong, Position.Flat.IsShort).Should().Be((true, false, false));
        Position.Flat.ProfitAt(50_000).Should().Be(0);
        var ask = () => Position.Flat.ClosingSide;
        ask.Should().Throw<InvalidOperationException>();
    }

    [Fact]
    public void Long_PriceRises_Gains()
    {
        var position = new Position(0.5m, 100);
        (position.IsFlat, position.IsLong, position.IsShort).Should().Be((false, true, false));
        position.ClosingSide.Should().Be(Side.Sell);
        position.ProfitAt(110).Should().Be(5);
        position.ProfitAt(90).Should().Be(-5);
    }

    [Fact]
    public void Short_PriceFalls_Gains()
    {
        var position = new Position(-0.5m, 100);
        (position.IsFlat, position.IsLong, position.IsShort).Should().Be((false, false, true));
        position.ClosingSide.Should().Be(Side.Buy);
        position.ProfitAt(90).Should().Be(5);
        position.ProfitAt(110).Should().Be(-5);
    }

    [Fact]
    public void ToString_FlatOrHeld_SaysWhatIsHeld()
    {
        Position.Flat.ToString().Should().Be("flat");
        new Position(-1.5m, 100.1m).ToString().Should().Be("-1.5 at 100.1");
    }
}
