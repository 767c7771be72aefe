using TradingBot.Market;
using TradingBot.Strategies;

namespace TradingBot.Testing.Tests;

public sealed class LookAheadCheckTests
{
    private static readonly BarSeries Bars = SampleBars.RandomWalk(60, seed: 5);

    [Fact]
    public void Find_HonestPredictor_FindsNothing() => LookAheadCheck.Find(new MeanPredictor(5, peek: 0), Bars, cuts: 59).Should().BeNull();

    [Fact]
    public void Find_PredictorThatPeeksOneBarAhead_IsFoundAtTheCut()
    {
        var finding = LookAheadCheck.Find(new MeanPredictor(5, peek: 1), Bars, cuts: 1)!;

        finding.Index.Should().Be(58, "the only cut leaves the last bar in the future");
        finding.BarOpenTime.Should().Be(Bars.OpenTimeAt(58));
        finding.Output.Should().NotBe(finding.OtherOutput);
        finding.Future.Should().Be("no future");
        finding.ToString().Should().StartWith("The output at bar 58 (2024-01-03 10:00:00Z) depends on later bars: ");
    }

    [Fact]
    public void Find_StrategyOfTheWindowOnly_FindsNothing() => LookAheadCheck.Find(new Follower(null), Bars, cuts: 59).Should().BeNull();

    [Fact]
    public void Find_StrategyThatKeepsTheBars_IsFound()
    {
        var finding = LookAheadCheck.Find(known => new Follower(known), SampleBars.Rising(30), cuts: 29)!;

        finding.Index.Should().Be(2, "it is the first decision that the cut after it can change: the follower looks back two bars");
        finding.Output.Should().Contain("Long");
        finding.OtherOutput.Should().NotContain("Long");
    }

    [Fact]
    public void Find_StrategyWithMemory_IsFound() => LookAheadCheck.Find(new Moody(), Bars).Should().NotBeNull();

    [Fact]
    public void Find_TooFewBars_IsRefused()
    {
        var check = () => LookAheadCheck.Find(new Follower(null), Bars.Slice(0, 1));

        check.Should().Throw<ArgumentException>().WithMessage("A look-ahead check needs at least 2 bars, found 1.*");
    }

    /// <summary>Follows the last bar, or, where it was given the bars, the next one.</summary>
    private sealed class Follower(BarSeries? known) : IStrategy
    {
        public int Lookback => 3;

        public Decision Decide(in StrategyContext context)
        {
            if (known is null)
            {
                return context.Bars.Closes[^1] > context.Bars.Closes[0] ? Decision.Long : Decision.Close;
            }

            var next = known.IndexAtOrAfter(context.Time);
            return next < known.Count && known.Closes[next] > context.Price ? Decision.Long : Decision.Close;
        }
    }

    /// <summary>Decides by how often it was asked.</summary>
    private sealed class Moody : IStrategy
    {
        private int _asked;

        public Decision Decide(in StrategyContext context) => ++_asked % 7 == 0 ? Decision.Long : Decision.None;
    }
}
