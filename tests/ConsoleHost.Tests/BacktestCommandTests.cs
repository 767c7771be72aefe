namespace ConsoleHost.Tests;

public sealed class BacktestCommandTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task RunAsync_Bars_WritesReportWorkbookTradesAndEquity()
    {
        var run = await RunAsync("out", "--set", "Threshold=0.003", "--set", "stoploss=0.04");

        run.Error.Should().BeEmpty();
        run.ExitCode.Should().Be(0);
        run.Output.Should().Contain("Fitted ar-5 on the first 700 bars").And.NotContain("How much of it is luck?");
        _folder.Files.Should().Contain(["ar-5.onnx", "trades.csv", "equity.csv", "workbook.xlsx", "report.html"]);
        var report = await File.ReadAllTextAsync(_folder.File("out/report.html"));
        report.Should().Contain("<dt>Strategy: Threshold</dt><dd>0.003</dd>").And.Contain("<dt>Strategy: StopLoss</dt><dd>0.04</dd>");
        report.Should().MatchRegex("<dt>Command line</dt><dd>backtest --bars .* --set stoploss=0.04</dd>").And.Contain("<td>not counted</td>");
        report.Should().MatchRegex("<dt>Software</dt><dd>TradingBot.Reporting [^<]*, .NET 10");
    }

    [Fact]
    public async Task RunAsync_ShortOptions_AreTheSameAsSet()
    {
        await RunAsync("one", "--set", "Threshold=0.003", "--set", "StopLoss=0.04");
        await RunAsync("two", "--threshold", "0.003", "--stop-loss", "0.04");

        (await File.ReadAllTextAsync(_folder.File("two/trades.csv"))).Should().Be(await File.ReadAllTextAsync(_folder.File("one/trades.csv")));
    }

    [Fact]
    public async Task RunAsync_ForecastsOfAnotherBacktest_MakeTheSameTrades()
    {
        await RunAsync("one");
        var run = await RunAsync("two", "--forecasts", _folder.File("one/equity.csv"));

        run.Error.Should().BeEmpty();
        var trades = await File.ReadAllLinesAsync(_folder.File("one/trades.csv"));
        trades.Should().HaveCountGreaterThan(5);
        (await File.ReadAllLinesAsync(_folder.File("two/trades.csv"))).Should().Equal(trades);
    }

    [Theory]
    [InlineData("close,price\n1,2\n", "Expected a header with the columns time and forecast in forecasts.csv, found close,price.")]
    [InlineData("", "Expected a header with the columns time and forecast in forecasts.csv, found nothing.")]
    [InlineData("time,forecast\nyesterday,2\n", "Line 2 of forecasts.csv: expected a time, found 'yesterday'.")]
    [InlineData("time,forecast\n2023-12-03T00:00:00Z,NaN\n", "Line 2 of forecasts.csv: expected a price above 0, found 'NaN'.")]
    [InlineData("time,forecast\n2023-12-03T00:00:00Z,-1\n", "Line 2 of forecasts.csv: expected a price above 0, found '-1'.")]
    [InlineData("time,forecast\n2023-12-03T07:00:00Z,5\n", "forecasts.csv has no forecast for any of the bars")]
    public async Task RunAsync_BadForecasts_SaysWhere(string content, string message)
    {
        await File.WriteAllTextAsync(_folder.File("forecasts.csv"), content);
        var run = await RunAsync("out", "--forecasts", _folder.File("forecasts.csv"));

        run.ExitCode.Should().Be(CommandLine.Fault);
        run.Error.Should().StartWith($"error: {message}");
    }

    [Fact]
    public async Task RunAsync_ModelAndForecasts_SaysSo() =>
        (await RunAsync("out", "--forecasts", "f.csv", "--model", "m.onnx")).Error.Should().Contain("Expected --model or --forecasts, found both.");

    [Fact]
    public async Task RunAsync_RefusedWithALedger_IsNoTrial()
    {
        var refused = await RunAsync("out", "--threshold", "0.0001", "--ledger", _folder.File("trials.db"));
        refused.ExitCode.Should().Be(CommandLine.Fault);
        refused.Error.Should().Contain("A round trip costs");

        (await RunAsync("out", "--threshold", "0.003", "--ledger", _folder.File("trials.db"))).Output.Should().Contain("This is the first trial, with a Sharpe ratio of");
    }

    [Fact]
    public async Task RunAsync_StopInsideDays_PrintsIntervalsUntilFinerBarsTell()
    {
        string[] options = ["--threshold", "0.003", "--stop-order", "0.01", "--funding", "0.003", "--fraction", "0.9", "--allow-threshold-below-costs"];
        var hidden = await RunAsync("hidden", options);

        hidden.Error.Should().BeEmpty();
        hidden.Output.Should().MatchRegex("[0-9]+ bars hide the order of what happened").And.MatchRegex(@"Total return *│ *-?[0-9.]+ % to -?[0-9.]+ %");
        (await File.ReadAllLinesAsync(_folder.File("hidden/equity.csv")))[0].Should().Be("time,close,forecast,equity,equity_optimistic");

        var told = await RunAsync("told", [.. options, "--finer-bars", SampleMarket.WriteParts(_folder, "bars.csv")]);

        told.Error.Should().BeEmpty();
        told.Output.Should().Contain("Read finer bars: SYNTHUSDT 8h: 3000 bars").And.NotContain("hide the order").And.MatchRegex(@"Total return *│ *-?[0-9.]+ % *│");
        (await File.ReadAllLinesAsync(_folder.File("told/equity.csv")))[0].Should().Be("time,close,forecast,equity");
    }

    [Fact]
    public async Task RunAsync_FinerBarsThatAreNot_SaysSo()
    {
        var run = await RunAsync("out", "--threshold", "0.003", "--finer-bars", _folder.File("bars.csv"));

        run.ExitCode.Should().Be(CommandLine.Fault);
        run.Error.Should().Contain("Expected finer bars of SYNTHUSDT with an interval that divides 1d, found 1d.");
    }

    private Task<CommandRun> RunAsync(string output, params string[] options)
    {
        SampleMarket.Write(_folder);
        return CommandRun.RunAsync(["backtest", "--bars", _folder.File("bars.csv"), "--symbol", SampleMarket.Symbol, "--out", _folder.File(output), .. options]);
    }
}
