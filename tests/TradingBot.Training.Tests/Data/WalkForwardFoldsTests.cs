using TradingBot.Training.Data;

namespace TradingBot.Training.Tests.Data;

public sealed class WalkForwardFoldsTests
{
    [Fact]
    public void Create_Rolling_MovesOnByTheTestPart() =>
        WalkForwardFolds.Create(100, new WalkForwardOptions { TrainBars = 50, TestBars = 20 }).Select(fold => $"{fold.Train} {fold.Test}")
            .Should().Equal("0..50 50..70", "20..70 70..90", "40..90 90..100");

    [Fact]
    public void Create_ExpandingWithEmbargo_KeepsBothApart() =>
        WalkForwardFolds.Create(100, new WalkForwardOptions { TrainBars = 50, TestBars = 20, EmbargoBars = 5, Expanding = true }).Select(fold => $"{fold.Train} {fold.Test}")
            .Should().Equal("0..50 55..75", "0..70 75..95", "0..90 95..100");

    [Theory]
    [InlineData(1, 0)]
    [InlineData(5, 0)]
    [InlineData(5, 7)]
    public void Create_SamplesOfEveryFold_AreKnownBeforeTheTestBegins(int steps, int embargo)
    {
        var random = new Random(11);
        var bars = SampleBars.FromCloses(Enumerable.Range(0, 300).Select(_ => 100 + random.NextDouble()), missing: [120, 121, 200]);
        var dataset = Dataset.Create(bars, new DatasetOptions { Window = 6, Steps = steps });
        var folds = WalkForwardFolds.Create(bars.Count, new WalkForwardOptions { TrainBars = 100, TestBars = 30, EmbargoBars = embargo });
        List<int> tested = [];
        foreach (var fold in folds)
        {
            var train = dataset.WindowEnds[dataset.Samples(fold.Train)];
            var test = dataset.WindowEnds[dataset.SamplesAhead(fold.Test)];
            train.Length.Should().BeGreaterThan(50);

            // The last target of the training part is older, by the embargo, than the first bar to be forecast.
            (train[^1] + steps).Should().BeLessThan(test[0] + 1 - embargo);
            tested.AddRange(test);
        }

        tested.Should().OnlyHaveUniqueItems().And.BeInAscendingOrder();
    }

    [Theory]
    [InlineData(55)]
    [InlineData(10)]
    public void Create_TooFewBars_SaysHowManyAreNeeded(int bars)
    {
        var create = () => WalkForwardFolds.Create(bars, new WalkForwardOptions { TrainBars = 50, TestBars = 20, EmbargoBars = 5 });

        create.Should().Throw<TrainingException>().WithMessage($"{bars} bars are too few to walk forward: 50 to train on, 5 of embargo and one to test need 56.");
    }

    [Theory]
    [InlineData(0, 1, 0)]
    [InlineData(1, 0, 0)]
    [InlineData(1, 1, -1)]
    public void Create_SizesOutsideTheirRange_Throw(int train, int test, int embargo)
    {
        var create = () => WalkForwardFolds.Create(100, new WalkForwardOptions { TrainBars = train, TestBars = test, EmbargoBars = embargo });

        create.Should().Throw<ArgumentOutOfRangeException>();
    }

    [Fact]
    public void Chronological_Shares_CutInOrder()
    {
        var split = DatasetSplit.Chronological(101, 0.7, 0.1);

        $"{split.Train} {split.Validation} {split.Test} {split.Seen}".Should().Be("0..70 70..80 80..101 0..80");
        DatasetSplit.Chronological(10, 0.5).Validation.Count.Should().Be(0);
    }

    [Theory]
    [InlineData(1, 0.5, 0)]
    [InlineData(10, 0.5, 0.01)]
    public void Chronological_TooFewBars_SaysSo(int bars, double train, double validation)
    {
        var cut = () => DatasetSplit.Chronological(bars, train, validation);

        cut.Should().Throw<TrainingException>().WithMessage($"{bars} bars are too few to be cut*");
    }

    [Theory]
    [InlineData(0, 0.1)]
    [InlineData(0.9, 0.1)]
    [InlineData(0.5, -0.1)]
    [InlineData(double.NaN, 0)]
    public void Chronological_SharesOutsideTheirRange_Throw(double train, double validation)
    {
        var cut = () => DatasetSplit.Chronological(100, train, validation);

        cut.Should().Throw<ArgumentOutOfRangeException>();
    }
}
