using TradingBot.Core.Tests;
using TradingBot.Market;
using TradingBot.Prediction.Evaluation;
using TradingBot.Training.Evaluation;

namespace TradingBot.Training.Tests.Evaluation;

public sealed class PaperProtocolTests
{
    [SharedDataFact]
    public void ScorePersistence_BitcoinOfThePaper_GivesTheMeasuredErrors()
    {
        var bars = BarCsv.Read(SharedData.Path("paper-bitcoin-1d.csv"), new BarCsvOptions { Symbol = Symbol.Parse("BTCUSDT"), GapPolicy = GapPolicy.Reject });

        var scores = new PaperProtocol().ScorePersistence(bars.Closes.ToArray());

        scores.Select(score => Math.Round(score.SeparateScales!.Value, 4)).Should().Equal(0.0169, 0.0228, 0.0284, 0.0333, 0.0379);
        scores.Should().OnlyContain(score => score.TheilU == 1);
    }

    [Fact]
    public void TestWindowEnds_Rows_LieInTheTestPartWithWindowAndSteps()
    {
        // Rows 14 to 19 are for the test: windows of 2 that end at 15 to 17, with 2 rows after each.
        var protocol = new PaperProtocol { Window = 2, Steps = 2 };

        protocol.TrainRows(20).Should().Be(14);
        protocol.TestWindowEnds(20).Should().Equal(15, 16, 17);
    }

    [Fact]
    public void Score_HalfOfThePrice_IsPerfectByThePapersMeasureAlone()
    {
        var random = new Random(4);
        var closes = Enumerable.Range(0, 60).Select(_ => 100 + (20 * random.NextDouble())).ToArray();
        var protocol = new PaperProtocol { Window = 3, Steps = 2 };

        var scores = protocol.Score(closes, end => [closes[end + 1] / 2, closes[end + 2] / 2]);

        foreach (var (score, i) in scores.Select((score, i) => (score, i)))
        {
            var ends = protocol.TestWindowEnds(60);
            double[] actuals = [.. ends.Select(end => closes[end + i + 1])];
            score.Step.Should().Be(i + 1);
            score.SeparateScales.Should().BeApproximately(0, 1e-12);
            score.OneScale.Should().BeApproximately(MinMaxRmse.OnOneScale([.. actuals.Select(actual => actual / 2)], actuals)!.Value, 1e-12);
            score.TheilU.Should().BeGreaterThan(1);
        }
    }

    [Fact]
    public void Score_PriceThatNeverMoved_HasNoNumbers() =>
        new PaperProtocol().ScorePersistence([.. Enumerable.Repeat(1d, 100)]).Should().OnlyContain(score =>
            score.SeparateScales == null && score.OneScale == null && score.TheilU == null);

    [Fact]
    public void Score_ForecastOfAnotherLength_Throws()
    {
        var score = () => new PaperProtocol().Score([.. Enumerable.Range(1, 100).Select(i => (double)i)], _ => [1, 2]);

        score.Should().Throw<ArgumentException>().WithMessage("Expected 5 closes per forecast, found 2.*");
    }

    [Fact]
    public void TestWindowEnds_TooFewRows_SaysHowManyAreNeeded()
    {
        var ends = () => new PaperProtocol().TestWindowEnds(30);
        var share = () => new PaperProtocol { TrainPart = 1 }.TestWindowEnds(300);

        ends.Should().Throw<TrainingException>().WithMessage("The test part of 30 rows has 9; expected 11 or more*");
        share.Should().Throw<ArgumentOutOfRangeException>();
    }
}
