using TradingBot.Core.Tests;
using TradingBot.Market;
using TradingBot.Prediction;
using TradingBot.Prediction.Evaluation;
using TradingBot.Training.Models;
using Xunit.Abstractions;

namespace TradingBot.Training.Tests.Models;

public sealed class ArimaPredictorTests(ITestOutputHelper output)
{
    private static readonly BarSeries Bars =
        SampleBars.FromCloses(SampleBars.Closes(ArimaModelTests.Arma(21, 900, 0, [0.3], [0.5, 0.3], 0.02)));

    [Theory]
    [InlineData(6, 1, 6, 1)]
    [InlineData(1, 1, 2, 5)]
    [InlineData(2, 2, 1, 3)]
    [InlineData(3, 1, 0, 2)]
    public void ToOnnx_RunOnRawBars_AgreesWithThePredictor(int p, int d, int q, int horizon)
    {
        var predictor = ArimaPredictor.Fit(Bars.Slice(0, 600), new ArimaOrder(p, d, q), horizon);
        using var exported = new OnnxPredictor(new ModelFile("arima.onnx", predictor.ToOnnx()));

        var (direct, run) = (predictor.PredictSeries(Bars), exported.PredictSeries(Bars));

        exported.Card.Should().BeEquivalentTo(predictor.Card with { ContentHash = exported.Card.ContentHash });
        for (var bar = 0; bar < Bars.Count; bar++)
        {
            double.IsNaN(run.Prices[bar]).Should().Be(double.IsNaN(direct.Prices[bar]));
            if (!double.IsNaN(direct.Prices[bar]))
            {
                run.Prices[bar].Should().BeApproximately(direct.Prices[bar], 1e-5 * direct.Prices[bar]);
            }
        }
    }

    [Theory]
    [InlineData(6, 1, 6, 1)]
    [InlineData(1, 1, 2, 5)]
    [InlineData(2, 2, 1, 3)]
    public void Predict_AtEveryBar_IsTheForecastOfTheModelOnTheWindow(int p, int d, int q, int horizon)
    {
        var predictor = ArimaPredictor.Fit(Bars.Slice(0, 600), new ArimaOrder(p, d, q), horizon);
        var series = predictor.PredictSeries(Bars);

        for (var bar = predictor.Card.Window - 1; bar < Bars.Count; bar += 13)
        {
            var known = Bars.Slice(0, bar + 1);
            var logs = known.Closes[^predictor.Card.Window..].ToArray().Select(close => Math.Log(close)).ToArray();
            var expected = Math.Exp(predictor.Model.Forecast(logs, horizon)[^1]);

            predictor.Predict(known).Should().Be(series[bar]);
            series.Prices[bar].Should().BeApproximately(expected, 1e-9 * expected);
        }
    }

    [Fact]
    public void Predict_WindowOfTheDefault_ForgetsNothingThatMatters()
    {
        var predictor = ArimaPredictor.Fit(Bars.Slice(0, 600), new ArimaOrder(1, 1, 2));
        var logs = Bars.Closes.ToArray().Select(close => Math.Log(close)).ToArray();

        var whole = Math.Exp(predictor.Model.Forecast(logs)[0]);

        predictor.Card.Window.Should().BeLessThan(100);
        predictor.Predict(Bars)!.Value.Price.Should().BeApproximately(whole, 1e-5 * whole);
    }

    [SharedDataFact]
    public void Evaluate_BitcoinOfThePaper_ShowsNoSkill()
    {
        var bars = BarCsv.Read(SharedData.Path("paper-bitcoin-1d.csv"), new BarCsvOptions { Symbol = Symbol.Parse("BTCUSDT"), GapPolicy = GapPolicy.Reject });
        var predictor = ArimaPredictor.Fit(bars.Slice(0, 2093), new ArimaOrder(6, 1, 6));

        var report = ForecastReport.Evaluate(predictor, bars);

        output.WriteLine($"{report} (price RMSE ratio {report.RmseRatio}, window {predictor.Card.Window})");
        report.Samples.Should().Be(898);
        report.Verdict.Should().Be(ForecastVerdict.Echo);
        report.TheilU.Should().BeInRange(0.98, 1.05);
    }

    [Fact]
    public void Fit_Card_DescribesTheModelAndItsTrainingPart() =>
        ArimaPredictor.Fit(Bars.Slice(0, 600), new ArimaOrder(6, 1, 6), horizon: 2, window: 40).Card.Should().BeEquivalentTo(new ModelCard
        {
            Name = "arima-6-1-6",
            Features = [BarFeature.Close],
            Window = 40,
            Horizon = 2,
            Interval = Interval.OneDay,
            Symbol = Symbol.Parse("BTCUSDT"),
            TrainedFrom = SampleBars.Start,
            TrainedTo = SampleBars.Start.AddDays(600),
        });

    [Fact]
    public void Predict_WindowNotWhole_GivesNone()
    {
        var predictor = ArimaPredictor.Fit(Bars, new ArimaOrder(1, 1, 1), window: 5);
        var closes = Bars.Closes[..20].ToArray();

        predictor.Predict(Bars.Slice(0, 4)).Should().BeNull();
        predictor.Predict(Bars.Slice(0, 5)).Should().NotBeNull();
        predictor.PredictSeries(SampleBars.FromCloses(closes, missing: [10])).Prices.ToArray().Count(double.IsNaN).Should().Be(8);
    }

    [Fact]
    public void Predict_AnotherInterval_Throws()
    {
        var predictor = ArimaPredictor.Fit(Bars, new ArimaOrder(1, 1, 1));
        var hours = BarSeries.Create(Symbol.Parse("BTCUSDT"), Interval.OneHour, GapPolicy.Reject, []);

        predictor.Invoking(it => it.Predict(hours)).Should().Throw<ArgumentException>().WithMessage("*made for bars of 1d, found bars of 1h*");
    }

    [Fact]
    public void Fit_BarsMissing_SaysSince()
    {
        var fit = () => ArimaPredictor.Fit(SampleBars.FromCloses(Bars.Closes[..100].ToArray(), missing: [50, 51]), new ArimaOrder(1, 1, 1));

        fit.Should().Throw<TrainingException>().WithMessage("*2 bar(s) are missing from 2020-02-20 00:00:00Z on*");
    }

    [Fact]
    public void Fit_LevelsOrAShortWindow_Throw()
    {
        var levels = () => ArimaPredictor.Fit(Bars, new ArimaOrder(1, 0, 1));
        var window = () => ArimaPredictor.Fit(Bars, new ArimaOrder(3, 1, 1), window: 5);

        levels.Should().Throw<ArgumentOutOfRangeException>();
        window.Should().Throw<ArgumentOutOfRangeException>();
    }

    [Fact]
    public void Fit_PriceThatNeverMoved_SaysSo()
    {
        var fit = () => ArimaPredictor.Fit(SampleBars.FromCloses(Enumerable.Repeat(100d, 60)), new ArimaOrder(1, 1, 1));

        fit.Should().Throw<TrainingException>().WithMessage("*are all 0*");
    }
}
