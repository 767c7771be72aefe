using TradingBot.Market;
using TradingBot.Prediction;
using TradingBot.Prediction.Evaluation;

namespace TradingBot.Core.Tests.Prediction.Evaluation;

public sealed class ForecastReportTests
{
    private static readonly DateTimeOffset Start = new(2024, 1, 1, 0, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Evaluate_KnownNumbers_FollowsEveryFormula()
    {
        // Forecast, close that came and close before: 110, 105, 100; 104, 100, 105; none; 121, 110, 120.
        var report = ForecastReport.Evaluate([100, 105, 100, 120, 110], [110, 104, double.NaN, 121, 7], 1);

        report.Samples.Should().Be(3);
        report.Model.Rmse.Should().BeApproximately(Math.Sqrt((25 + 16 + 121) / 3d), 1e-12);
        report.Persistence.Rmse.Should().BeApproximately(Math.Sqrt((25 + 25 + 100) / 3d), 1e-12);
        report.RmseRatio.Should().BeApproximately(Math.Sqrt(162d / 150), 1e-12);
        report.Model.Mae.Should().BeApproximately((5 + 4 + 11) / 3d, 1e-12);
        report.Persistence.Mae.Should().BeApproximately((5 + 5 + 10) / 3d, 1e-12);
        report.Model.Mape.Should().BeApproximately(((5d / 105) + (4d / 100) + (11d / 110)) / 3, 1e-12);
        report.Model.MinMaxRmse.Should().BeApproximately(Math.Sqrt(162 / 3d) / 10, 1e-12);
        var modelSquares = Math.Pow(Math.Log(105d / 110), 2) + Math.Pow(Math.Log(100d / 104), 2) + Math.Pow(Math.Log(110d / 121), 2);
        var squares = Math.Pow(Math.Log(105d / 100), 2) + Math.Pow(Math.Log(100d / 105), 2) + Math.Pow(Math.Log(110d / 120), 2);
        report.Model.LogReturnRmse.Should().BeApproximately(Math.Sqrt(modelSquares / 3), 1e-12);
        report.TheilU.Should().BeApproximately(Math.Sqrt(modelSquares / squares), 1e-12);
        report.DirectionalAccuracy.Should().BeEquivalentTo(new { Hits = 2, Count = 3 });
        report.UpShare.Should().BeApproximately(1d / 3, 1e-12);
    }

    [Fact]
    public void Evaluate_Persistence_IsAnEchoWithoutAnyAdvantage()
    {
        var closes = Walks.Normal(1, 300);

        var report = ForecastReport.Evaluate(closes, closes, 3);

        report.Verdict.Should().Be(ForecastVerdict.Echo);
        report.TheilU.Should().Be(1);
        report.RmseRatio.Should().Be(1);
        report.Model.Should().Be(report.Persistence);
        report.DieboldMariano.Should().BeNull();
        report.DirectionalAccuracy.Should().BeNull();
        report.Lag.Should().BeEquivalentTo(new { Bars = 3, IsSignificant = true });
        report.Lag!.Correlation.Should().BeApproximately(1, 1e-9);
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(1, 4)]
    [InlineData(5, 2)]
    public void Lag_CloseOfSomeBarsBefore_IsFound(int horizon, int delay)
    {
        var closes = Walks.Normal(2, 500);
        var forecasts = closes.Select((_, i) => i < delay ? double.NaN : closes[i - delay]).ToArray();

        ForecastReport.Evaluate(closes, forecasts, horizon).Lag!.Bars.Should().Be(horizon + delay);
    }

    [Fact]
    public void Evaluate_ForecastsThatKnowTheFuture_AreSkillAndDoubted()
    {
        var closes = Walks.Normal(3, 200);
        var forecasts = closes.Select((_, i) => i + 1 < closes.Length ? closes[i + 1] : double.NaN).ToArray();

        var report = ForecastReport.Evaluate(closes, forecasts, 1);

        report.Verdict.Should().Be(ForecastVerdict.Skill);
        report.TheilU.Should().Be(0);
        report.Lag!.Bars.Should().Be(0);
        report.DirectionalAccuracy!.Share.Should().Be(1);
        report.Sentence.Should().StartWith("Skill: ").And.Contain("100.0 % below").And.EndWith("make sure that the forecasts did not see what they forecast.");
    }

    [Fact]
    public void Evaluate_AFixedPrice_IsNoSkill()
    {
        var closes = Walks.Normal(4, 200);

        var report = ForecastReport.Evaluate(closes, [.. closes.Select(_ => 100d)], 1);

        report.Verdict.Should().Be(ForecastVerdict.NoSkill);
        report.Lag.Should().BeNull();
        report.Sentence.Should().StartWith("No skill: its error over 199 forecasts is ").And.Contain("above that of 'the price stays as it is'");
    }

    [Fact]
    public void Evaluate_TooFewForecasts_CannotShowSkill()
    {
        var closes = Walks.Normal(5, 30);
        var forecasts = closes.Select((_, i) => i + 1 < closes.Length ? closes[i + 1] : double.NaN).ToArray();

        var report = ForecastReport.Evaluate(closes, forecasts, 1);

        report.Verdict.Should().Be(ForecastVerdict.NoSkill);
        report.Sentence.Should().StartWith("No skill shown: 29 forecasts are too few, skill shows from 30 on.");
    }

    [Fact]
    public void Evaluate_PriceThatNeverMoved_HasNoRatios()
    {
        var report = ForecastReport.Evaluate([5, 5, 5], [6, 6, 6], 1);

        report.TheilU.Should().BeNull();
        report.RmseRatio.Should().BeNull();
        report.UpShare.Should().BeNull();
        report.DirectionalAccuracy.Should().BeNull();
        report.Model.MinMaxRmse.Should().BeNull();
        report.Verdict.Should().Be(ForecastVerdict.NoSkill);
        report.Sentence.Should().Contain("the price never moved");
    }

    [Fact]
    public void Sentence_SmoothedPrice_NamesTheDelay()
    {
        var closes = Walks.Normal(6, 400);

        ForecastReport.Evaluate(closes, Walks.Smoothed(closes, 0), 1).Sentence.Should().MatchRegex(
            @"^Echo: the forecast follows the price 1 bar\(s\) late \(correlation of changes 0\.\d\d\), and its error over 399 forecasts is \d+\.\d % above that of 'the price stays as it is' \(Theil's U 1\.\d{3}\)\. It says where the price was, not where it goes\.$");
    }

    [Fact]
    public void Sentence_PlantedSignal_GivesErrorChanceAndDirection()
    {
        var closes = Walks.Autoregressive(7, 3000, 0.3);

        ForecastReport.Evaluate(closes, Walks.Forecasts(closes, known => known.Length < 2 ? 100 : known.Span[^1] * Math.Pow(known.Span[^1] / known.Span[^2], 0.3)), 1)
            .Sentence.Should().MatchRegex(
                @"^Skill: its error over 2999 forecasts is \d\.\d % below that of 'the price stays as it is' \(Theil's U 0\.9\d\d\), more than chance explains \(p below 0\.001\)\. The direction was right in \d\d\.\d % of 299\d cases \(95 % interval \d\d\.\d % to \d\d\.\d %; always 'up': \d\d\.\d %\)\.$");
    }

    [Fact]
    public void Evaluate_TrainingPart_IsLeftOut()
    {
        var bars = Bars(Walks.Normal(8, 100), GapPolicy.Reject);
        var card = new PersistencePredictor(Interval.OneDay, 2).Card with { TrainedTo = bars.CloseTimeAt(59) };

        var report = ForecastReport.Evaluate(new ForecastSeries(bars, bars.Closes.ToArray(), 2), card);

        // The first forecast is made at the close of the last bar of the training part, the last two have no close to compare with.
        report.Samples.Should().Be(39);
        report.From.Should().Be(bars.CloseTimeAt(59));
        report.To.Should().Be(bars.CloseTimeAt(99));
        ForecastReport.Evaluate(new ForecastSeries(bars, bars.Closes.ToArray(), 2)).Samples.Should().Be(98);
    }

    [Fact]
    public void Evaluate_Predictor_ForecastsTheBarsAndGoesByItsCard()
    {
        var bars = Bars(Walks.Normal(8, 100), GapPolicy.Reject);

        var skill = ForecastReport.Evaluate(new PersistencePredictor(Interval.OneDay), bars).ToSkill();

        skill.Should().Be(new ModelSkill(ForecastVerdict.Echo, 99) { TheilU = 1, From = bars.CloseTimeAt(0), To = bars.CloseTimeAt(99) });
    }

    [Theory]
    [InlineData(GapPolicy.Flag)]
    [InlineData(GapPolicy.Fill)]
    public void Evaluate_MissingBars_AreNotForecastAndNotCounted(GapPolicy policy)
    {
        var bars = Bars(Walks.Normal(9, 100), policy, missing: [40, 41]);

        var report = ForecastReport.Evaluate(new PersistencePredictor(Interval.OneDay, 2), bars);

        // Of 98 possible pairs two bars apart, those that begin at 38 to 41 touch a missing bar.
        report.Samples.Should().Be(94);
    }

    [Fact]
    public void Evaluate_NothingToCompare_SaysWhatWasGiven()
    {
        var bars = Bars([100, 101], GapPolicy.Reject);
        var series = new ForecastSeries(bars, [100, 101], 1);
        var afterTraining = () => ForecastReport.Evaluate(series, new PersistencePredictor(Interval.OneDay).Card with { TrainedTo = bars.CloseTimeAt(1) });
        var numbers = () => ForecastReport.Evaluate([100, 101], [100, 101], 2);
        var empty = () => ForecastReport.Evaluate(new ForecastSeries(bars.Slice(0, 0), [], 1));

        afterTraining.Should().Throw<ArgumentException>().WithMessage("Expected at least one forecast whose close, 1 bar(s) later, is known; found none in BTCUSDT 1d: 2 bars*training part ends at 2024-01-03*");
        numbers.Should().Throw<ArgumentException>().WithMessage("*2 bar(s) later, is known; found none in 2 closes.");
        empty.Should().Throw<ArgumentException>().WithMessage("*found none in BTCUSDT 1d: no bars.");
    }

    [Fact]
    public void Evaluate_BadNumbers_Throw()
    {
        var lengths = () => ForecastReport.Evaluate([1, 2], [1], 1);
        var close = () => ForecastReport.Evaluate([1, double.NaN], [1, 2], 1);
        var forecast = () => ForecastReport.Evaluate([1, 2], [0, 2], 1);

        lengths.Should().Throw<ArgumentException>().WithMessage("Expected one forecast per close, 2, found 1.*");
        close.Should().Throw<ArgumentException>().WithMessage("*at 1, found NaN and 2*");
        forecast.Should().Throw<ArgumentException>().WithMessage("*at 0, found 1 and 0*");
    }

    private static BarSeries Bars(double[] closes, GapPolicy policy, params int[] missing) => BarSeries.Create(
        Symbol.Parse("BTCUSDT"),
        Interval.OneDay,
        policy,
        closes.Select((close, i) => (close, i))
            .Where(pair => !missing.Contains(pair.i))
            .Select(pair => new Bar(Start.AddDays(pair.i), TimeSpan.FromDays(1), pair.close, pair.close, pair.close, pair.close, 1)));
}
