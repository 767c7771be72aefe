using TradingBot.Market;
using TradingBot.Prediction;
using TradingBot.Prediction.Evaluation;
using TradingBot.Testing;

namespace TradingBot.Reporting.Tests;

public sealed class ForecastPageTests : IDisposable
{
    private static readonly ForecastSeries Forecasts = Samples.Forecasts(SampleBars.RandomWalk(300, seed: 5, interval: Interval.OneDay));
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Write_SameForecastsTwice_GivesTheSameBytes()
    {
        ForecastPage.Write(Forecasts, _folder.PathOf("one.html"));
        ForecastPage.Write(Forecasts, _folder.PathOf("two.html"));

        File.ReadAllBytes(_folder.PathOf("two.html")).Should().Equal(File.ReadAllBytes(_folder.PathOf("one.html")));
    }

    [Fact]
    public void Write_Forecasts_PrintsVerdictAndErrorsBesidePersistence()
    {
        var report = ForecastReport.Evaluate(Forecasts);

        var html = Html();

        html.Should().Contain(System.Net.WebUtility.HtmlEncode(report.Sentence));
        html.Should().Contain($"<th scope=\"row\">Mean absolute error</th><td>{Figures.Digits(report.Model.Mae)}</td><td>{Figures.Digits(report.Persistence.Mae)}</td>");
        html.Should().Contain($"<th scope=\"row\">Forecasts compared</th><td>{report.Samples}</td>");
        html.Should().NotContain("Loss by epoch").And.NotContain("id=\"rounds\"");
    }

    [Fact]
    public void Write_HostileTitleAndModel_AreEscaped()
    {
        var html = Html(new ForecastPageOptions { Title = Samples.Hostile, Model = Samples.Card(Samples.Hostile) });

        html.Should().NotContain("<img").And.Contain("&lt;/script&gt;&lt;img src=x");
    }

    [Fact]
    public void Write_TrainedModel_LeavesTheTrainingPartOut()
    {
        var trainedTo = Forecasts.Bars.CloseTimeAt(199);
        var card = Samples.Card() with { TrainedTo = trainedTo };

        var html = Html(new ForecastPageOptions { Model = card });

        html.Should().Contain("Forecasts made before 2024-07-19 00:00:00Z, the end of the training part, are left out.");
        html.Should().Contain($"<th scope=\"row\">Forecasts compared</th><td>{ForecastReport.Evaluate(Forecasts, card).Samples}</td>");
        var charts = ForecastCharts.Of(Forecasts, trainedTo).ToArray();
        charts[0].Panes[0].Series[1].Values.Take(199).Should().OnlyContain(value => double.IsNaN(value));
        charts[0].Panes[0].Series[1].Values[199].Should().Be(Forecasts.Prices[199]);
        charts[1].Panes[0].Series[1].Values[199].Should().Be(double.NaN);
        charts[1].Panes[0].Series[1].Values[200].Should().Be(Forecasts.Prices[199]);
    }

    [Fact]
    public void Write_NothingToCompare_IsRefused()
    {
        var bars = SampleBars.Rising(5);
        var none = new ForecastSeries(bars, [double.NaN, double.NaN, double.NaN, double.NaN, double.NaN], 1);

        FluentActions.Invoking(() => ForecastPage.Write(none, _folder.PathOf("x.html"))).Should().Throw<ArgumentException>().WithMessage("Expected at least one forecast*");
        File.Exists(_folder.PathOf("x.html")).Should().BeFalse();
    }

    [Fact]
    public void Write_Rounds_ShowsLossesAndTheMeanWithItsInterval()
    {
        var html = Html(new ForecastPageOptions { Rounds = Rounds() });

        html.Should().Contain("Loss by epoch").And.Contain("Round 2, validation");
        // Means of 1, 2, 3: 2 +- 4.302653 (Student's t of two degrees, tables) * 1 / sqrt 3.
        html.Should().Contain("<th scope=\"row\">Mean</th><td>2</td><td>2</td>");
        html.Should().Contain("<th scope=\"row\">95 % from</th><td>-0.484138</td><td>-0.484138</td>");
        html.Should().Contain("<th scope=\"row\">95 % to</th><td>4.48414</td><td>4.48414</td>");
    }

    [Fact]
    public void Write_ManyRounds_NamesTheMeanAlone()
    {
        var html = Html(new ForecastPageOptions { Rounds = Samples.Rounds(Forecasts, 30) });

        html.Should().Contain("Mean, training").And.NotContain("Round 1, training");
    }

    [Fact]
    public void WriteRounds_Rounds_WritesCsvWithMeanAndInterval()
    {
        ForecastPage.WriteRounds(Rounds(), _folder.PathOf("rounds.csv"));

        var lines = File.ReadAllLines(_folder.PathOf("rounds.csv"));
        lines[0].Should().Be("round,kept_epoch,training_loss,validation_loss,rmse,mae,mape,min_max_rmse,theil_u,directional_accuracy,verdict");
        lines[1].Should().Be("1,1,1,0.5,,,,,,,");
        lines[4].Should().Be("mean,2,2,0.5,,,,,,,");
        lines[5].Should().StartWith("lower_95,-0.4841377").And.EndWith(",0.5,,,,,,,");
        lines.Should().HaveCount(7);
    }

    [Fact]
    public void WriteRounds_OneRound_HasNoInterval()
    {
        ForecastPage.WriteRounds([Rounds()[0]], _folder.PathOf("rounds.csv"));

        File.ReadAllLines(_folder.PathOf("rounds.csv"))[2..].Should().Equal("mean,1,1,0.5,,,,,,,", "lower_95,,,,,,,,,,", "upper_95,,,,,,,,,,");
    }

    private static ForecastRound[] Rounds() =>
        [.. Enumerable.Range(1, 3).Select(i => new ForecastRound { TrainingLosses = [1, 2, 3], ValidationLosses = [0.5, 0.5, 0.5], KeptEpoch = i })];

    private string Html(ForecastPageOptions? options = null)
    {
        var path = _folder.PathOf("forecast.html");
        ForecastPage.Write(Forecasts, path, options);
        // Without the scripts, which would bury a failure's message.
        return File.ReadAllText(path).Split("<script type=\"application/json\"")[0];
    }
}
