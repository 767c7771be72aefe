using TradingBot.Backtesting;
using TradingBot.Market;
using TradingBot.Prediction.Evaluation;
using TradingBot.Strategies;
using TradingBot.Trading;
using TradingBot.Training.Data;
using TradingBot.Training.Networks;
using TradingBot.Training.WalkForward;

namespace TradingBot.Training.Tests.WalkForward;

public sealed class WalkForwardForecasterTests : IDisposable
{
    private static readonly WalkForwardOptions Walk = new() { TrainBars = 60, TestBars = 25 };
    private static readonly BarSeries Bars = ModelTrainingTests.MovingBars(140, seed: 8);
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("tradingbot-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task RunAsync_Forecasts_BeginAfterTheFirstTrainingPartAndLeaveNoBarOut()
    {
        var result = await new WalkForwardForecaster(new AutoregressiveRecipe(2), Walk).RunAsync(Bars);

        var prices = result.Forecasts.Prices.ToArray();
        prices[..60].Should().OnlyContain(price => double.IsNaN(price));
        prices[60..].Should().OnlyContain(price => price > 0);
        (result.Trained, result.Folds.Count).Should().Be((4, 4));
    }

    [Fact]
    public async Task RunAsync_EachPart_IsForecastByTheModelOfTheBarsBefore()
    {
        var result = await new WalkForwardForecaster(new AutoregressiveRecipe(2), Walk).RunAsync(Bars);

        // The second part, bars 85 to 109, by the model of bars 25 to 84.
        using var predictor = new AutoregressiveRecipe(2).Train(Bars[25..85]).CreatePredictor();
        result.Forecasts.Prices[85..110].ToArray().Should().Equal(predictor.PredictSeries(Bars).Prices[85..110].ToArray());
    }

    [Theory]
    [InlineData(61)]
    [InlineData(85)]
    [InlineData(120)]
    public async Task RunAsync_FutureAltered_ChangesNoForecastMadeBefore(int from)
    {
        var recipe = new NetworkRecipe(new Mlp(), new DatasetOptions { Window = 4, Steps = 3 }, new TrainingOptions { Epochs = 2 }, horizon: 3);
        double[] closes = [.. Bars.Closes];
        double[] altered = [.. closes[..from], .. closes[from..].Select((close, i) => close * (1.5 + (0.1 * (i % 3))))];

        var one = await new WalkForwardForecaster(recipe, Walk).RunAsync(SampleBars.FromCloses(closes));
        var other = await new WalkForwardForecaster(recipe, Walk).RunAsync(SampleBars.FromCloses(altered));

        other.Forecasts.Prices[..from].ToArray().Should().Equal(one.Forecasts.Prices[..from].ToArray());
        other.Forecasts.Prices[from..].ToArray().Should().NotEqual(one.Forecasts.Prices[from..].ToArray());
    }

    [Fact]
    public async Task RunAsync_SecondRun_FindsTheModelsAndForecastsTheSame()
    {
        var recipe = new NetworkRecipe(new Mlp(), new DatasetOptions { Window = 4 }, new TrainingOptions { Epochs = 2 });

        var first = await new WalkForwardForecaster(recipe, Walk, _folder.FullName).RunAsync(Bars);
        var second = await new WalkForwardForecaster(recipe, Walk, _folder.FullName).RunAsync(Bars);

        (first.Trained, second.Trained).Should().Be((4, 0));
        second.Forecasts.Prices.ToArray().Should().Equal(first.Forecasts.Prices.ToArray());
        _folder.GetFiles().Should().HaveCount(4).And.OnlyContain(file => file.Extension == ".onnx");
    }

    [Fact]
    public async Task RunAsync_LongerSeries_TrainsOnlyWhatIsNew()
    {
        await new WalkForwardForecaster(new AutoregressiveRecipe(2), Walk, _folder.FullName).RunAsync(Bars[..110]);

        var longer = await new WalkForwardForecaster(new AutoregressiveRecipe(2), Walk, _folder.FullName).RunAsync(Bars);

        longer.Trained.Should().Be(2);
    }

    [Fact]
    public async Task RunAsync_OtherSettingsOrData_TrainsAgain()
    {
        await new WalkForwardForecaster(new AutoregressiveRecipe(2), Walk, _folder.FullName).RunAsync(Bars);

        var settings = await new WalkForwardForecaster(new AutoregressiveRecipe(3), Walk, _folder.FullName).RunAsync(Bars);
        var data = await new WalkForwardForecaster(new AutoregressiveRecipe(2), Walk, _folder.FullName).RunAsync(ModelTrainingTests.MovingBars(140, seed: 9));

        (settings.Trained, data.Trained).Should().Be((4, 4));
    }

    [Fact]
    public async Task RunAsync_DamagedFile_IsTrainedAgain()
    {
        await new WalkForwardForecaster(new AutoregressiveRecipe(2), Walk, _folder.FullName).RunAsync(Bars);
        await File.WriteAllTextAsync(_folder.GetFiles()[0].FullName, "damaged");

        var again = await new WalkForwardForecaster(new AutoregressiveRecipe(2), Walk, _folder.FullName).RunAsync(Bars);

        again.Trained.Should().Be(1);
    }

    [Fact]
    public async Task RunAsync_TooFewBars_SaysHowManyAreNeeded()
    {
        var run = () => new WalkForwardForecaster(new AutoregressiveRecipe(2), Walk).RunAsync(Bars[..60]);

        (await run.Should().ThrowAsync<TrainingException>()).Which.Message.Should().StartWith("60 bars are too few to walk forward");
    }

    [Fact]
    public async Task RunAsync_Forecasts_CanBeBacktestedAndJudged()
    {
        var result = await new WalkForwardForecaster(new AutoregressiveRecipe(2), Walk).RunAsync(Bars);

        var info = new SymbolInfo { Symbol = Bars.Symbol, TickSize = 0.1m, StepSize = 0.001m, MinQuantity = 0.001m, MaxQuantity = 1_000m, MinNotional = 5m };
        var backtest = new Backtester(new BacktestOptions { Trade = new TradeSettings { SymbolInfo = info }, AllowThresholdBelowCosts = true })
            .Run(Bars, result.Forecasts, new ThresholdStrategy(new ThresholdStrategyOptions { Threshold = 1e-9 }));

        backtest.Trades.Should().NotBeEmpty().And.OnlyContain(trade => trade.EntryTime >= Bars.OpenTimeAt(61));
        ForecastReport.Evaluate(result.Forecasts).Samples.Should().Be(79);
    }
}
