using TradingBot.Market;
using TradingBot.Trading;

namespace TradingBot.Core.Tests.Trading;

public sealed class ClientOrderIdsTests
{
    private static readonly Symbol Btc = Symbol.Parse("BTCUSDT");
    private static readonly DateTimeOffset Bar = new(2026, 11, 20, 8, 0, 0, TimeSpan.Zero);

    [Fact]
    public void For_SameIntent_IsTheSameEverywhere()
    {
        // Pinned: an id that changed between versions would let an order be sent twice across an upgrade.
        new ClientOrderIds("bot", Btc).For(Bar, OrderLeg.Entry).Should().Be("tb6262c5640edd-1795161600-e");
        new ClientOrderIds("bot", Symbol.Parse("BTC/USDT:USDT")).For(Bar, OrderLeg.Entry).Should().Be("tb6262c5640edd-1795161600-e");
    }

    [Fact]
    public void For_AnotherBotSymbolBarOrLeg_IsAnotherId()
    {
        var ids = new[]
        {
            new ClientOrderIds("bot", Btc).For(Bar, OrderLeg.Entry),
            new ClientOrderIds("bot", Btc).For(Bar, OrderLeg.Exit),
            new ClientOrderIds("bot", Btc).For(Bar, OrderLeg.Stop),
            new ClientOrderIds("bot", Btc).For(Bar.AddMinutes(1), OrderLeg.Entry),
            new ClientOrderIds("bot2", Btc).For(Bar, OrderLeg.Entry),
            new ClientOrderIds("bot", Symbol.Parse("ETHUSDT")).For(Bar, OrderLeg.Entry),
        };

        ids.Should().OnlyHaveUniqueItems().And.AllSatisfy(id => id.Should().MatchRegex(@"^[\.A-Z\:/a-z0-9_-]{1,36}$"));
    }

    [Fact]
    public void For_EveryLegAndNumber_IsItsOwnIdThatFits()
    {
        var ids = new ClientOrderIds("bot", Btc);

        var all = Enum.GetValues<OrderLeg>().SelectMany(leg => Enumerable.Range(0, 100).Select(number => ids.For(Bar, leg, number))).ToArray();

        all.Should().OnlyHaveUniqueItems().And.AllSatisfy(id => id.Should().MatchRegex(@"^[\.A-Z\:/a-z0-9_-]{1,36}$"));
        ids.For(Bar, OrderLeg.Stop, 0).Should().Be(ids.For(Bar, OrderLeg.Stop));
        ids.For(Bar, OrderLeg.Stop, 12).Should().Be("tb6262c5640edd-1795161600-s12");
        all.Should().AllSatisfy(id => ids.BarOf(id).Should().Be(Bar));
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(100)]
    public void For_NumberOutsideItsRange_IsRefused(int number) =>
        new ClientOrderIds("bot", Btc).Invoking(ids => ids.For(Bar, OrderLeg.Stop, number)).Should().Throw<ArgumentOutOfRangeException>();

    [Theory]
    [InlineData("by-hand-1")]
    [InlineData("tb6262c5640edd-")]
    [InlineData("tb6262c5640edd-x-e")]
    public void BarOf_AnIdNotMadeHere_IsNone(string id) => new ClientOrderIds("bot", Btc).BarOf(id).Should().BeNull();

    [Fact]
    public void Owns_AnotherBotsOrder_IsFalse()
    {
        var ids = new ClientOrderIds("bot", Btc);

        ids.Owns(ids.For(Bar, OrderLeg.Stop)).Should().BeTrue();
        ids.Owns(new ClientOrderIds("other", Btc).For(Bar, OrderLeg.Stop)).Should().BeFalse();
        ids.Owns("by-hand-1").Should().BeFalse();
    }
}
