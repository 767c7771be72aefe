using TradingBot.Market;

namespace TradingBot.Testing.Tests;

public sealed class SampleBarsTests
{
    [Fact]
    public void Rising_Always_ClosesHigherEachBar()
    {
        var bars = SampleBars.Rising(3);

        bars.Closes.ToArray().Should().Equal(50_100, 50_200, 50_300);
        bars.Opens.ToArray().Should().Equal(50_000, 50_100, 50_200);
        (bars.Symbol.Id, bars.Interval, bars.OpenTimeAt(0)).Should().Be(("BTCUSDT", Interval.OneHour, SampleBars.Start));
    }

    [Fact]
    public void FallingAndFlat_Always_CloseAsNamed()
    {
        SampleBars.Falling(2).Closes.ToArray().Should().Equal(49_900, 49_800);
        SampleBars.Falling(600).Closes[^1].Should().Be(100);
        SampleBars.Flat(2).Closes.ToArray().Should().Equal(50_000, 50_000);
    }

    [Fact]
    public void RandomWalk_SameSeed_IsTheSame()
    {
        var bars = SampleBars.RandomWalk(count: 100, seed: 1);

        SampleBars.RandomWalk(100, 1).Should().Equal(bars);
        SampleBars.RandomWalk(100, 2).Should().NotEqual(bars);
        bars.Should().OnlyContain(bar => (decimal)bar.Close % 0.1m == 0 && (decimal)bar.High % 0.1m == 0 && (decimal)bar.Low % 0.1m == 0);
    }

    [Fact]
    public void FromCloses_OtherMarket_IsOfThatMarket()
    {
        var start = new DateTimeOffset(2025, 1, 6, 0, 0, 0, TimeSpan.Zero);

        var bars = SampleBars.FromCloses([10, 20], Symbol.Parse("ETHUSDT"), Interval.OneWeek, start);

        (bars.Symbol.Id, bars.Interval, bars.OpenTimeAt(1)).Should().Be(("ETHUSDT", Interval.OneWeek, start.AddDays(7)));
        bars[1].Should().Be(new Bar(start.AddDays(7), TimeSpan.FromDays(7), 10, 20.2, 9.9, 20, 100));
    }
}
