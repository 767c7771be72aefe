using ConsoleHost.Live;
using TradingBot.Prediction;

namespace ConsoleHost.Tests;

/// <summary>Values from outside the market, from their file to the verdict. They say what the next bar will return: known at the close of a bar they are all that
/// one can wish for, and known a second later they are worth nothing.</summary>
public sealed class SeriesTests : IDisposable
{
    private static readonly TimeSpan Late = TimeSpan.FromSeconds(1);
    private readonly MarketFolder _folder = new(500);

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Train_ValuesPublishedByTheClose_AreReadAndNamedInTheCard()
    {
        var run = await TrainAsync(_folder.WriteHints("early.csv", TimeSpan.Zero));

        run.Error.Should().BeEmpty();
        run.ExitCode.Should().Be(0);
        using var predictor = Load("early.csv");
        predictor.Card.Skill!.Verdict.Should().Be(ForecastVerdict.Skill);
        predictor.Card.Exogenous.Should().Equal(new ExogenousFeature("hint", TimeSpan.FromDays(2)));
        predictor.Card.Features.Should().Equal(BarFeature.Close);
    }

    [Fact]
    public async Task Train_ValuesPublishedASecondAfterTheClose_AreOfNoUse()
    {
        await TrainAsync(_folder.WriteHints("late.csv", Late));

        using var predictor = Load("late.csv");
        predictor.Card.Skill!.Verdict.Should().NotBe(ForecastVerdict.Skill);
    }

    [Fact]
    public async Task Evaluate_ModelThatLivesOffTheSeries_GetsWhatWasPublishedByThen()
    {
        var (early, late) = (_folder.WriteHints("early.csv", TimeSpan.Zero), _folder.WriteHints("late.csv", Late));
        await TrainAsync(early);

        var atClose = await EvaluateAsync(early);
        var after = await EvaluateAsync(late);

        atClose.ExitCode.Should().Be(0);
        TheilOf(atClose).Should().BeLessThan(0.5);
        TheilOf(after).Should().BeGreaterThan(1);
    }

    [Fact]
    public async Task Evaluate_ValuesPublishedAfterTheLastBar_ChangeNothing()
    {
        var all = _folder.WriteHints("all.csv", TimeSpan.Zero);
        await TrainAsync(all);
        _folder.WriteBars(420);

        var withLater = await EvaluateAsync(all);
        var without = await EvaluateAsync(_folder.WriteHints("known.csv", TimeSpan.Zero, ..420));

        without.ExitCode.Should().Be(0);
        without.Output.Should().Be(withLater.Output);
    }

    [Fact]
    public async Task Backtest_ModelThatLivesOffTheSeries_TradesOnIt()
    {
        var early = _folder.WriteHints("early.csv", TimeSpan.Zero);
        await TrainAsync(early);

        var atClose = await BacktestAsync($"hint={early}");
        var after = await BacktestAsync($"hint={_folder.WriteHints("late.csv", Late)}");

        atClose.Error.Should().BeEmpty();
        ReturnOf(atClose).Should().BeGreaterThan(20);
        ReturnOf(after).Should().BeLessThan(ReturnOf(atClose) / 2);
    }

    [Fact]
    public async Task Run_RecordedBars_ForecastsWithTheSeries()
    {
        var early = _folder.WriteHints("early.csv", TimeSpan.Zero);
        await TrainAsync(early);

        var run = await CommandRun.RunAsync(
            "run", "--paper", "--bars", _folder["bars.csv"], "--model", _folder["model.onnx"], "--series", $"hint={early}", "--threshold", "0.003", "--state", _folder["state"]);

        run.Error.Should().BeEmpty();
        run.ExitCode.Should().Be(0);
        run.Output.Should().MatchRegex(@"500 cycles, [1-9]\d* fills, ");
    }

    [Fact]
    public async Task Train_SeriesThatNobodyReads_IsRefused()
    {
        var run = await TrainAsync(_folder.WriteHints("early.csv", TimeSpan.Zero), "Close");

        run.ExitCode.Should().Be(CommandLine.Fault);
        run.Error.Trim().Should().Be("error: The series 'hint' is given, but --features does not name it.");
    }

    [Fact]
    public async Task Train_ArimaWithASeries_IsRefused()
    {
        var hints = _folder.WriteHints("early.csv", TimeSpan.Zero);

        var run = await CommandRun.RunAsync(
            "train", "--bars", _folder.WriteBars(), "--out", _folder["model.onnx"], "--model", "arima", "--features", "Close,hint", "--series", $"hint={hints}");

        run.ExitCode.Should().Be(CommandLine.Fault);
        run.Error.Trim().Should().Be("error: An ARIMA reads the closes alone; leave --series out.");
    }

    [Fact]
    public async Task Train_SeriesWithABadLine_NamesFileAndLine()
    {
        await File.WriteAllTextAsync(_folder["gold.csv"], "published_at,value\n2024-01-01 00:00:00,1\n2024-01-02,2\n");

        var run = await TrainAsync(_folder["gold.csv"]);

        run.ExitCode.Should().Be(CommandLine.Fault);
        run.Error.Should().StartWith($"error: {_folder["gold.csv"]}, line 3: column 'published_at' is the day '2024-01-02'");
    }

    [Fact]
    public async Task Evaluate_SeriesMissingOrMisspelt_NamesIt()
    {
        var hints = _folder.WriteHints("early.csv", TimeSpan.Zero);
        await TrainAsync(hints);

        var missing = await CommandRun.RunAsync("evaluate", "--bars", _folder["bars.csv"], "--model", _folder["model.onnx"]);
        var both = await CommandRun.RunAsync(
            "evaluate", "--bars", _folder["bars.csv"], "--model", _folder["model.onnx"], "--series", $"hint={hints}", "--series", $"hnit={hints}");
        var twice = await CommandRun.RunAsync(
            "evaluate", "--bars", _folder["bars.csv"], "--model", _folder["model.onnx"], "--series", $"hint={hints}", "--series", $"hint={hints}");

        missing.Error.Should().StartWith("error: The model 'mlp' reads the series 'hint'");
        both.Error.Trim().Should().Be("error: The model 'mlp' does not read the series 'hnit'.");
        twice.Error.Trim().Should().Be("error: --series names 'hint' twice.");
    }

    [Fact]
    public void GetSeries_FileReplaced_IsReadAgain()
    {
        var path = _folder["gold.csv"];
        var source = new SeriesFiles([("gold", path)]);
        void Write(string value, int minute)
        {
            File.WriteAllText(path, $"published_at,value\n2024-01-01 00:00:00,{value}\n");
            File.SetLastWriteTimeUtc(path, new DateTime(2024, 1, 1, 0, minute, 0, DateTimeKind.Utc));
        }

        Write("1", minute: 0);
        var first = source.GetSeries("gold");
        var again = source.GetSeries("gold");
        Write("2", minute: 1);
        var replaced = source.GetSeries("gold");

        first!.ValueAt(DateTimeOffset.MaxValue).Should().Be(1);
        again.Should().BeSameAs(first);
        replaced!.ValueAt(DateTimeOffset.MaxValue).Should().Be(2);
        source.GetSeries("silver").Should().BeNull();
    }

    private Task<CommandRun> TrainAsync(string hints, string features = "Close,hint") => CommandRun.RunAsync(
        "train", "--bars", _folder.WriteBars(), "--out", _folder["model.onnx"], "--model", "mlp", "--epochs", "40", "--rounds", "1", "--window", "3",
        "--features", features, "--series", $"hint={hints}", "--max-age", "2.00:00:00");

    private Task<CommandRun> EvaluateAsync(string hints) =>
        CommandRun.RunAsync("evaluate", "--bars", _folder["bars.csv"], "--model", _folder["model.onnx"], "--series", $"hint={hints}");

    private Task<CommandRun> BacktestAsync(string series) => CommandRun.RunAsync(
        "backtest", "--bars", _folder["bars.csv"], "--model", _folder["model.onnx"], "--threshold", "0.003", "--fraction", "1", "--series", series, "--out", _folder["backtest"]);

    private OnnxPredictor Load(string hints) => new(
        new ModelFile("model.onnx", File.ReadAllBytes(_folder["model.onnx"])),
        new OnnxPredictorOptions { Exogenous = new FixedExogenousSource(TradingBot.Market.ExogenousCsv.Read(_folder[hints], "hint")) });

    private static double TheilOf(CommandRun run) => Figure(run, "Theil's U");

    private static double ReturnOf(CommandRun run) => Figure(run, "Total return");

    // The first figure of a table's row.
    private static double Figure(CommandRun run, string row)
    {
        var cells = run.Output.Split('\n').Single(line => line.Contains($"│ {row}", StringComparison.Ordinal)).Split('│', StringSplitOptions.TrimEntries);
        return double.Parse(cells[2].TrimEnd('%'), System.Globalization.CultureInfo.InvariantCulture);
    }
}
