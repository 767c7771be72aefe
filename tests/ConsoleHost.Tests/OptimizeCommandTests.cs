using System.Globalization;
using ConsoleHost.Commands;
using TradingBot.Backtesting;
using TradingBot.Market;
using TradingBot.Optimization;
using TradingBot.Optimization.Ledger;
using TradingBot.Optimization.Parameters;
using TradingBot.Testing;
using TradingBot.Trading;

namespace ConsoleHost.Tests;

public sealed class OptimizeCommandTests : IDisposable
{
    private const string Grid = "threshold=0.002:0.006:0.001";
    private static readonly string Traded = TradedHash();
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task RunAsync_Grid_FindsTheBestAndSaysHowMuchIsLuck()
    {
        var run = await RunAsync("--grid", Grid, "--grid", "StopLoss=0.02:0.06:0.02");

        run.Error.Should().BeEmpty();
        run.ExitCode.Should().Be(0);
        run.Output.Should().Contain("15 combinations, 0 of them found in the ledger, 0 refused");
        run.Output.Should().MatchRegex(@"Best settings: StopLoss=0\.0[246]; Threshold=0\.00[2-6]");
        run.Output.Should().MatchRegex(@"Trials in the ledger\s+│\s+15 ").And.Contain("deflated Sharpe ratio").And.Contain("Probability of backtest overfitting");
        run.Output.Should().MatchRegex(@"After 15 trials, luck alone gives a Sharpe ratio of -?[0-9.]+; the best found is -?[0-9.]+\.");
        _folder.Files.Should().Contain(["trials.db", "trials.csv", "trades.csv", "equity.csv", "workbook.xlsx", "report.html"]);
        var trials = File.ReadAllLines(_folder.File("out/trials.csv"));
        trials[0].Should().Be("StopLoss,Threshold,sharpe,total_return,max_drawdown,trades,refusal");
        trials.Should().HaveCount(16);
        var report = await File.ReadAllTextAsync(_folder.File("out/report.html"));
        report.Should().MatchRegex("<dt>Command line</dt><dd>optimize --bars .*--grid threshold=0.002:0.006:0.001");
        report.Should().Contain("<th scope=\"row\">Trials of this strategy on this data</th><td>15</td>");
        report.Should().MatchRegex("<dt>Strategy: Threshold</dt><dd>0.00[2-6]</dd>").And.MatchRegex("<dt>Trial ledger: hash of the bars</dt><dd>[0-9a-f]{64}</dd>");
    }

    [Fact]
    public async Task RunAsync_Again_TakesAllFromTheLedgerAndLaterBacktestsCountThem()
    {
        await RunAsync("--grid", Grid);
        var again = await RunAsync("--grid", Grid);
        var wider = await RunAsync("--grid", "Threshold=0.004:0.008:0.001");
        var backtest = await CommandRun.RunAsync([
            "backtest", "--bars", _folder.File("bars.csv"), "--symbol", SampleMarket.Symbol, "--threshold", "0.0035", "--ledger", _folder.File("trials.db"), "--out", _folder.File("out")]);

        again.Output.Should().Contain("5 combinations, 5 of them found in the ledger");
        wider.Output.Should().Contain("5 combinations, 3 of them found in the ledger").And.Contain("After 7 trials, luck alone gives");
        backtest.Error.Should().BeEmpty();
        backtest.Output.Should().MatchRegex("After 8 trials, luck alone gives a Sharpe ratio of -?[0-9.]+; this one has -?[0-9.]+");
        (await File.ReadAllTextAsync(_folder.File("out/report.html"))).Should().Contain("<td>8</td>").And.Contain("<dt>Trial ledger: trials of this strategy on these bars</dt><dd>8</dd>");
    }

    [Fact]
    public async Task RunAsync_Canceled_KeepsWhatIsDoneAndTheSameCommandGoesOn()
    {
        SampleMarket.Write(_folder);
        var first = await CancelAfterAsync(3);
        var second = await CancelAfterAsync(first + 3);

        second.Should().BeGreaterThan(first, "what was done is kept, and the same command goes on from there");
    }

    private async Task<int> CancelAfterAsync(int trials)
    {
        using var cancellation = new CancellationTokenSource();
        var canceled = CommandRun.RunAsync(cancellation.Token, Arguments(["--grid", "Threshold=0.002:0.042:0.000004", "--parallel", "1"]));
        while (CountTrials() < trials)
        {
            await Task.Yield();
            canceled.IsCompleted.Should().BeFalse("it has ten thousand trials to make");
        }

        await cancellation.CancelAsync();
        var run = await canceled;

        run.ExitCode.Should().Be(CommandLine.Canceled);
        run.Error.Should().BeEmpty();
        var done = CountTrials();
        done.Should().BeInRange(trials, 10_000);
        run.Output.Should().Contain($"{done} of 10001 trials are done and kept in {_folder.File("trials.db")}. The same command goes on from there.");
        return done;
    }

    [Theory]
    [InlineData("random")]
    [InlineData("latin-hypercube")]
    public async Task RunAsync_Drawn_TheSeedDrawsTheSame(string method)
    {
        string[] search = ["--grid", "Threshold=0.002:0.006", "--method", method, "--samples", "6", "--seed", "3"];
        await RunAsync(search);
        var first = await File.ReadAllLinesAsync(_folder.File("out/trials.csv"));
        var again = await RunAsync(search);
        var other = await RunAsync([.. search[..^1], "4"]);

        again.Output.Should().Contain("6 combinations, 6 of them found in the ledger");
        other.Output.Should().Contain("6 combinations, 0 of them found in the ledger");
        first.Should().HaveCount(7);
    }

    [Fact]
    public async Task RunAsync_Objective_ChoosesByIt()
    {
        await RunAsync("--grid", Grid, "--objective", "return");

        var best = (await File.ReadAllLinesAsync(_folder.File("out/trials.csv"))).Skip(1).Select(line => line.Split(',')).MaxBy(fields => double.Parse(fields[2], CultureInfo.InvariantCulture))!;
        (await File.ReadAllTextAsync(_folder.File("out/report.html"))).Should().Contain($"<dt>Strategy: Threshold</dt><dd>{best[0]}</dd>");
    }

    [Fact]
    public async Task RunAsync_NothingPays_SaysThatAllWereRefused()
    {
        var run = await CommandRun.RunAsync(Arguments(["--grid", "Threshold=0.0001:0.0003:0.0001"], SampleMarket.Write(_folder)));

        run.ExitCode.Should().Be(0);
        run.Output.Should().Contain("3 combinations, 0 of them found in the ledger, 3 refused").And.Contain("3 of 3 combinations were refused because they cannot pay their own costs.");
        _folder.Files.Should().NotContain("report.html");
    }

    [Theory]
    [InlineData("Expected --grid Name=From:To:Step, found 'Threshold'.", "--grid", "Threshold")]
    [InlineData("Expected --grid Name=From:To:Step, found 'Threshold=0.1'.", "--grid", "Threshold=0.1")]
    [InlineData("Expected --grid Name=From:To:Step, found 'Threshold=a:b:c'.", "--grid", "Threshold=a:b:c")]
    [InlineData("Expected --grid Name=From:To:Step, found 'Threshold=NaN:1:0.1'.", "--grid", "Threshold=NaN:1:0.1")]
    [InlineData("Expected --grid Name=From:To:Step, found 'Threshold=0:Infinity:1'.", "--grid", "Threshold=0:Infinity:1")]
    [InlineData("Expected a setting of the strategy 'threshold', Threshold, StopLoss, found 'OpenThreshold'.", "--grid", "OpenThreshold=0.1:0.2:0.1")]
    [InlineData("Expected a range that goes up by a step above 0 which divides it, found 'Threshold=0.2:0.1:0.1'.", "--grid", "Threshold=0.2:0.1:0.1")]
    [InlineData("Expected a range that goes up by a step above 0 which divides it, found 'Threshold=0.1:0.2:0'.", "--grid", "Threshold=0.1:0.2:0")]
    [InlineData("Expected a range that goes up by a step above 0 which divides it, found 'Threshold=0.1:0.2:0.03'.", "--grid", "Threshold=0.1:0.2:0.03")]
    [InlineData("A grid needs a step, --grid Threshold=From:To:Step; found 'Threshold=0.1:0.2'.", "--grid", "Threshold=0.1:0.2")]
    [InlineData("The parameter 'Threshold' is given twice.", "--grid", Grid, "--grid", Grid)]
    [InlineData("The setting 'Threshold' is given by --grid and by --set.", "--grid", Grid, "--set", "Threshold=0.1")]
    [InlineData("Expected --set Name=Number, found 'StopLoss=NaN'.", "--grid", Grid, "--set", "StopLoss=NaN")]
    [InlineData("Expected --method grid, random or latin-hypercube, found 'best'.", "--grid", "Threshold=0.1:0.2:0.1", "--method", "best")]
    [InlineData("Expected --objective sharpe, return, return-over-drawdown, found 'luck'.", "--grid", Grid, "--objective", "luck")]
    [InlineData("--samples must be 1 or more, found 0.", "--grid", "Threshold=0.1:0.2", "--method", "random", "--samples", "0")]
    [InlineData("--parallel must be 1 or more, found 0.", "--grid", Grid, "--parallel", "0")]
    [InlineData("Expected --strategy threshold", "--grid", Grid, "--strategy", "luck")]
    [InlineData("The trial Threshold=0 failed: Threshold must be above 0 and below 1, found 0.", "--grid", "Threshold=0:0.5:0.5", "--parallel", "1")]
    [InlineData("bars.csv", "--grid", Grid, "--ledger", "bars.csv")]
    [InlineData("There are none", "--grid", Grid, "--forecasts", "none.csv")]
    public async Task RunAsync_BadInput_IsOneClearLine(string message, params string[] options)
    {
        SampleMarket.Write(_folder);
        await File.WriteAllTextAsync(_folder.File("none.csv"), "time,forecast\n");
        var run = await CommandRun.RunAsync(Arguments([.. options.Select(option => option.EndsWith(".csv", StringComparison.Ordinal) ? _folder.File(option) : option)]));

        run.ExitCode.Should().Be(CommandLine.Fault);
        run.Error.Should().StartWith("error: ").And.Contain(message == "There are none" ? "none.csv has no forecast for any of the bars" : message);
        run.Error.Trim().Should().NotContain("\n");
    }

    [Fact]
    public async Task RunAsync_EmptyFile_SaysSo()
    {
        await File.WriteAllTextAsync(_folder.File("bars.csv"), "");

        var run = await CommandRun.RunAsync(Arguments(["--grid", Grid], _folder.File("bars.csv")));

        run.ExitCode.Should().Be(CommandLine.Fault);
        run.Error.Should().Contain("bars.csv is empty");
    }

    private int CountTrials()
    {
        if (!File.Exists(_folder.File("trials.db")))
        {
            return 0;
        }

        using var ledger = TrialLedger.Open(_folder.File("trials.db"));
        return (int)ledger.CountTrials("threshold", Traded);
    }

    // Without a model the last 30 % of the bars are traded.
    private static string TradedHash()
    {
        using var none = TrialLedger.InMemory();
        var options = new BacktestOptions { Trade = new TradeSettings { SymbolInfo = SampleSymbols.For(Symbol.Parse(SampleMarket.Symbol)) } };
        var input = new BacktestInput(SyntheticMarket.Create(7, 1_000)[700..], null, null, StrategyNames.Find("threshold"), new ParameterSet([]), options);
        return new Sweep(LedgerOptions.ToSweep(input, none, null)).DataHash;
    }

    private Task<CommandRun> RunAsync(params string[] search)
    {
        SampleMarket.Write(_folder);
        return CommandRun.RunAsync(Arguments(search));
    }

    private string[] Arguments(string[] search, string? bars = null)
    {
        string[] ledger = search.Contains("--ledger", StringComparer.Ordinal) ? [] : ["--ledger", _folder.File("trials.db")];
        return ["optimize", "--bars", bars ?? _folder.File("bars.csv"), "--symbol", SampleMarket.Symbol, "--out", _folder.File("out"), .. ledger, .. search];
    }
}
