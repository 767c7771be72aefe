namespace ConsoleHost.Tests;

/// <summary>A backtest of several files of bars.</summary>
public sealed class PortfolioCommandTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task RunAsync_TwoMarkets_ShowsTheAccountAndARowForEach()
    {
        var run = await RunAsync(["AAAUSDT", "BBBUSDT"], "--strategy", "sma", "--fraction", "0.45", "--margin-mode", "cross");

        run.Error.Should().BeEmpty();
        run.ExitCode.Should().Be(0);
        run.Output.Should().Contain("sma on AAAUSDT, BBBUSDT").And.Contain("Held in equal parts");
        run.Output.Should().MatchRegex(@"(?m)^│ AAAUSDT +│").And.MatchRegex(@"(?m)^│ BBBUSDT +│").And.MatchRegex(@"(?m)^│ All +│");
        _folder.Files.Should().Contain(["trades.csv", "equity.csv", "workbook.xlsx", "report.html"]);

        var trades = await File.ReadAllLinesAsync(_folder.File("out/trades.csv"));
        trades[0].Should().StartWith("symbol,side,entry_time,");
        trades.Skip(1).Select(line => line.Split(',')[0]).Distinct(StringComparer.Ordinal).Should().Equal("AAAUSDT", "BBBUSDT");
        var equity = await File.ReadAllLinesAsync(_folder.File("out/equity.csv"));
        equity[0].Should().Be("time,equity,buy_and_hold");
        equity.Should().HaveCount(1_001);
        equity[1].Should().StartWith("2022-01-02T00:00:00Z,10000,");
        (await File.ReadAllTextAsync(_folder.File("out/report.html"))).Should().Contain("<dt>Strategy: Fast</dt>").And.Contain("<dt>Margin</dt><dd>Cross</dd>");
    }

    [Fact]
    public async Task RunAsync_MarginForOneOfTwo_SaysWhatWasRefused()
    {
        var run = await RunAsync(["AAAUSDT", "BBBUSDT"], "--strategy", "sma", "--fraction", "0.8");

        run.Output.Should().MatchRegex("(?m)^BBBUSDT: [1-9][0-9]* x no order: (rejected|expired): InsufficientMargin");
    }

    [Fact]
    public async Task RunAsync_NoModels_FitsOneForEachMarket()
    {
        var run = await RunAsync(["AAAUSDT", "BBBUSDT"], "--threshold", "0.003");

        run.Error.Should().BeEmpty();
        File.Exists(_folder.File("out/AAAUSDT/ar-5.onnx")).Should().BeTrue();
        File.Exists(_folder.File("out/BBBUSDT/ar-5.onnx")).Should().BeTrue();
        run.Output.Should().Contain("AAAUSDT: forecasts of ar-5").And.Contain("BBBUSDT: forecasts of ar-5");
    }

    [Fact]
    public async Task RunAsync_OneModelThatNamesAMarket_IsRefusedForTheOther()
    {
        await RunAsync(["AAAUSDT", "BBBUSDT"], "--threshold", "0.003");
        var model = _folder.File("out/AAAUSDT/ar-5.onnx");

        var run = await RunAsync(["AAAUSDT", "BBBUSDT"], "--threshold", "0.003", "--model", model);

        run.ExitCode.Should().Be(CommandLine.Fault);
        run.Error.Should().StartWith("error: The model 'ar-5' was trained on AAAUSDT and cannot forecast BBBUSDT too; give one --model for each file of --bars, in the same order.");
        (await RunAsync(["AAAUSDT", "BBBUSDT"], "--threshold", "0.003", "--model", model, "--model", _folder.File("out/BBBUSDT/ar-5.onnx"))).ExitCode.Should().Be(0);
    }

    [Fact]
    public async Task RunAsync_StopInsideDays_PrintsIntervalsUntilFinerBarsTell()
    {
        var symbols = (string[])["AAAUSDT", "BBBUSDT"];
        string[] options = ["--strategy", "sma", "--stop-order", "0.01", "--funding", "0.003", "--fraction", "0.4"];
        var hidden = await RunAsync(symbols, options);
        var (first, second) = (SampleMarket.WriteParts(_folder, "0.csv"), SampleMarket.WriteParts(_folder, "1.csv"));

        hidden.Output.Should().MatchRegex("[0-9]+ bars hide the order of what happened").And.MatchRegex(@"Total return *│ *-?[0-9.]+ % to -?[0-9.]+ %");
        (await File.ReadAllLinesAsync(_folder.File("out/equity.csv")))[0].Should().Be("time,equity,buy_and_hold,equity_optimistic");

        var told = await RunAsync(symbols, [.. options, "--finer-bars", first, "--finer-bars", second]);
        told.Error.Should().BeEmpty();
        told.Output.Should().Contain("Read finer bars: AAAUSDT 8h: 3000 bars").And.Contain("Read finer bars: BBBUSDT 8h: 3000 bars");
        told.Output.Should().NotContain("hide").And.MatchRegex(@"Total return *│ *-?[0-9.]+ % *│");
        (await File.ReadAllTextAsync(_folder.File("out/report.html"))).Should().MatchRegex("<dt>Finer bars</dt><dd>8h, 3,000, hash [0-9a-f]+</dd>");

        var named = await RunAsync(symbols, [.. options, "--finer-bars", $"BBBUSDT={second}", "--finer-bars", $"AAAUSDT={first}"]);
        named.Output.Should().Be(told.Output);

        var one = await RunAsync(symbols, [.. options, "--finer-bars", $"BBB/USDT:USDT={second}"]);
        one.Error.Should().BeEmpty();
        one.Output.Should().NotContain("Read finer bars: AAAUSDT").And.Contain("Read finer bars: BBBUSDT").And.MatchRegex("[0-9]+ bars hide the order");
    }

    [Theory]
    [InlineData("Expected --finer-bars once for each of the 2 files of --bars, in the same order, or as AAAUSDT=hours.csv for some of them, found 1.", "x.csv")]
    [InlineData("Expected a symbol before every file of --finer-bars, as ETHUSDT=hours.csv, or before none, found both.", "x.csv", "AAAUSDT=x.csv")]
    [InlineData("--finer-bars names ETHUSDT, expected one of the markets AAAUSDT, BBBUSDT.", "ETHUSDT=x.csv")]
    [InlineData("--finer-bars names AAAUSDT twice.", "AAAUSDT=x.csv", "AAAUSDT=y.csv")]
    [InlineData("'hours' is not a linear perpetual;", "hours=x.csv")]
    public async Task RunAsync_FinerBarsThatDoNotMatch_SaysSo(string message, params string[] files)
    {
        var run = await RunAsync(["AAAUSDT", "BBBUSDT"], ["--strategy", "sma", .. files.SelectMany(file => new[] { "--finer-bars", file })]);

        run.ExitCode.Should().Be(CommandLine.Fault);
        run.Error.Should().StartWith($"error: {message}");
    }

    [Fact]
    public async Task RunAsync_FinerBarsOfTheOtherMarket_NamesTheBarThatTheyContradict()
    {
        await RunAsync(["AAAUSDT", "BBBUSDT"], "--strategy", "sma");
        var (first, second) = (SampleMarket.WriteParts(_folder, "0.csv"), SampleMarket.WriteParts(_folder, "1.csv"));

        var run = await RunAsync(["AAAUSDT", "BBBUSDT"], "--strategy", "sma", "--finer-bars", second, "--finer-bars", first);

        run.ExitCode.Should().Be(CommandLine.Fault);
        run.Error.Should().MatchRegex(@"^error: The 1d bar of AAAUSDT at [^ ]+ [^ ]+ has the open [0-9.]+, its 3 bars of 8h have [0-9.]+; expected them to agree within 0\.001 %\.");
    }

    [Fact]
    public async Task RunAsync_FewerSymbolsThanFiles_SaysSo() =>
        (await RunAsync(["AAAUSDT"], "--bars", "more.csv")).Error.Should().StartWith("error: Expected --symbol once for each of the 2 files of --bars, in the same order, found 1.");

    [Fact]
    public async Task RunAsync_SymbolTwice_SaysSo() =>
        (await RunAsync(["AAAUSDT", "AAAUSDT"], "--strategy", "sma")).Error.Should().StartWith("error: Expected every symbol once, found AAAUSDT 2 times.");

    [Fact]
    public async Task RunAsync_Ledger_SaysThatItCountsOneMarket() =>
        (await RunAsync(["AAAUSDT", "BBBUSDT"], "--strategy", "sma", "--ledger", _folder.File("trials.db"))).Error
            .Should().StartWith("error: A ledger counts the trials of one market; leave --ledger out with several files of --bars.");

    [Fact]
    public async Task RunAsync_SearchOverTwoFiles_SaysThatItTakesOne()
    {
        var path = SampleMarket.Write(_folder);

        (await CommandRun.RunAsync(["optimize", "--bars", path, "--bars", path, "--grid", "Threshold=0.002,0.003", "--out", _folder.File("out")])).Error
            .Should().StartWith("error: Expected one file of --bars, found 2; only a backtest takes several.");
    }

    private Task<CommandRun> RunAsync(string[] symbols, params string[] options) => CommandRun.RunAsync(
    [
        "backtest",
        .. symbols.SelectMany((symbol, i) => new[] { "--bars", SampleMarket.Write(_folder, seed: 7 + i, file: $"{i}.csv"), "--symbol", symbol }),
        "--out",
        _folder.File("out"),
        .. options,
    ]);
}
