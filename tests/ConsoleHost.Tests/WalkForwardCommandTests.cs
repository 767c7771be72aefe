namespace ConsoleHost.Tests;

public sealed class WalkForwardCommandTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task RunAsync_Windows_AreTradedOneAfterTheOther()
    {
        var run = await RunAsync("--fit", "100", "--trade", "50", "--purge", "2", "--embargo", "3");

        run.Error.Should().BeEmpty();
        run.ExitCode.Should().Be(0);
        run.Output.Should().Contain("Walk-forward test of 4 windows");
        run.Output.Should().Contain("The ledger holds 20 trials of this strategy on these bars.");
        run.Output.Should().Contain("This is the first trial, with a Sharpe ratio of");
        _folder.Files.Should().Contain(["windows.csv", "trades.csv", "equity.csv", "workbook.xlsx", "report.html"]);

        // The 300 bars that are traded without a model begin with bar 700, opened on 2023-12-02; the first window of choice has 98 of them.
        var windows = await File.ReadAllLinesAsync(_folder.File("out/windows.csv"));
        windows.Should().HaveCount(5);
        windows[0].Should().Be("fit_from,fit_to,trade_from,trade_to,parameters,fit_sharpe,trade_sharpe,trade_return");
        windows[1].Should().StartWith("2023-12-02T00:00:00Z,2024-03-09T00:00:00Z,2024-03-14T00:00:00Z,2024-05-03T00:00:00Z,Threshold=0.00");
        (await File.ReadAllLinesAsync(_folder.File("out/equity.csv"))).Should().HaveCount(1 + 197);
        var report = await File.ReadAllTextAsync(_folder.File("out/report.html"));
        report.Should().Contain("<dt>Strategy: Threshold</dt><dd>chosen in each window, windows.csv</dd>").And.MatchRegex("<dt>Command line</dt><dd>walk-forward .*--fit 100 --trade 50");
    }

    [Fact]
    public async Task RunAsync_Again_CountsOtherWindowsAsAnotherTest()
    {
        await RunAsync("--fit", "100", "--trade", "50");
        (await RunAsync("--fit", "100", "--trade", "50")).Output.Should().Contain("This is the first trial");
        (await RunAsync("--fit", "120", "--trade", "50", "--anchored")).Output.Should().MatchRegex("After 2 trials,? ");
    }

    [Theory]
    [InlineData("needs more bars than that, found 300.", "--fit", "300", "--trade", "10")]
    [InlineData("PurgeBars must leave 2 bars of FitBars or more, found 99 of 100.", "--fit", "100", "--trade", "10", "--purge", "99")]
    [InlineData("Option '--trade' is required.", "--fit", "100")]
    public async Task RunAsync_BadWindows_SaysSo(string message, params string[] options)
    {
        var run = await RunAsync(options);

        run.ExitCode.Should().Be(CommandLine.Fault);
        run.Error.Should().Contain(message);
    }

    private Task<CommandRun> RunAsync(params string[] options)
    {
        SampleMarket.Write(_folder);
        return CommandRun.RunAsync([
            "walk-forward", "--bars", _folder.File("bars.csv"), "--symbol", SampleMarket.Symbol, "--out", _folder.File("out"), "--ledger", _folder.File("trials.db"),
            "--grid", "Threshold=0.002:0.006:0.001", .. options]);
    }
}
