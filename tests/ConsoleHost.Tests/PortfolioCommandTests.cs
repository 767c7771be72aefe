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
        _folder.Files.Should().Contain(["trades.csv", "equity.csv", "report.html"]).And.NotContain("workbook.xlsx");

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
