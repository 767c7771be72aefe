using TradingBot.Prediction;
using TradingBot.Strategies;

namespace TradingBot.Journal.Tests;

public sealed class DecisionCapsuleTests : IDisposable
{
    private readonly string _path = Path.Combine(Directory.CreateTempSubdirectory("capsule").FullName, "decision.json");

    public void Dispose() => Directory.Delete(Path.GetDirectoryName(_path)!, recursive: true);

    [Fact]
    public void Replay_SavedAndLoaded_DecidesTheSameToTheLastBit()
    {
        var decision = SampleEntries.Decision();
        decision.Entry.Should().NotBeNull("the sample enters, so that there is something to compare");
        new DecisionCapsule(decision).Save(_path);

        var capsule = DecisionCapsule.Load(_path);
        var replay = capsule.Replay(SampleEntries.Strategy);

        replay.Differences.Should().BeEmpty();
        replay.Plan.Entry.Should().Be(decision.Entry);
        capsule.Decision.Forecast.Should().Be(decision.Forecast);
        capsule.Decision.Bars.Closes.ToArray().Should().Equal(decision.Bars.Closes.ToArray());
        capsule.Decision.Settings.Should().Be(decision.Settings);
    }

    [Fact]
    public void Replay_OtherStrategySettings_NamesWhatDiffers()
    {
        var replay = new DecisionCapsule(SampleEntries.Decision()).Replay(new ThresholdStrategy(new ThresholdStrategyOptions { Threshold = 0.5 }));

        replay.IsSame.Should().BeFalse();
        replay.Differences.Should().Contain(difference => difference.StartsWith("The decision was recorded as", StringComparison.Ordinal))
            .And.Contain(difference => difference.StartsWith("The entry was recorded as", StringComparison.Ordinal));
    }

    [Fact]
    public void Replay_ModelThatForecastsOtherwise_NamesTheForecastAlone()
    {
        var decision = SampleEntries.Decision();

        var replay = new DecisionCapsule(decision).Replay(SampleEntries.Strategy, new PersistencePredictor(decision.Bars.Interval));

        replay.Differences.Should().ContainSingle().Which.Should().StartWith("The forecast was recorded as");
    }

    [Fact]
    public void Replay_StrategyThatNeedsMoreBars_SaysWhatWasExpected()
    {
        var replay = () => new DecisionCapsule(SampleEntries.Decision()).Replay(new LongSighted());

        replay.Should().Throw<ArgumentException>().WithMessage("LongSighted needs 500 bars, the capsule holds 20; expected the strategy that decided, ThresholdStrategy.*");
    }

    [Theory]
    [InlineData("", "Not what a journal writes: *")]
    [InlineData("{\"version\":1}", "Not what a journal writes: *decision*")]
    [InlineData("null", "Expected a JSON object, found null.")]
    public void Load_NoCapsule_SaysSo(string content, string message)
    {
        File.WriteAllText(_path, content);

        var load = () => DecisionCapsule.Load(_path);

        load.Should().Throw<InvalidDataException>().WithMessage(message);
    }

    [Fact]
    public void Load_OtherVersion_SaysWhich()
    {
        new DecisionCapsule(SampleEntries.Decision()).Save(_path);
        File.WriteAllText(_path, File.ReadAllText(_path).Replace("\"version\":1", "\"version\":2", StringComparison.Ordinal));

        var load = () => DecisionCapsule.Load(_path);

        load.Should().Throw<InvalidDataException>().WithMessage("Expected a capsule of version 1, found version 2.");
    }

    private sealed class LongSighted : IStrategy
    {
        public int Lookback => 500;

        public Decision Decide(in StrategyContext context) => Decision.None;
    }
}
