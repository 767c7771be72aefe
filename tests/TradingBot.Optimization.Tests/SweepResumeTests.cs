using System.Diagnostics;
using System.Globalization;
using TradingBot.Optimization.Ledger;
using TradingBot.Optimization.Parameters;

namespace TradingBot.Optimization.Tests;

public sealed class SweepResumeTests
{
    private static readonly IReadOnlyList<ParameterSet> Grid = SampleSearch.Space.Grid();

    [Fact]
    public void Run_CanceledAtEveryTrial_GoesOnWithoutRepeatingOrLosingOne()
    {
        using var folder = new TemporaryFolder();
        var bars = SampleSearch.Bars(100);
        var made = new Dictionary<ParameterSet, int>();
        for (var stops = 0; stops < Grid.Count; stops++)
        {
            using var ledger = TrialLedger.Open(folder.File("trials.db"));
            using var cancellation = new CancellationTokenSource();
            var options = SampleSearch.Options(bars, ledger, set => made[set] = made.GetValueOrDefault(set) + 1) with { MaxParallelism = 1 };
            var sweep = new Sweep(options);
            var stopAt = stops + 1;
            var progress = new ProgressLog(report =>
            {
                if (report.Completed == stopAt)
                {
                    cancellation.Cancel();
                }
            });

            sweep.Invoking(search => search.Run(Grid, progress, cancellation.Token)).Should().Throw<OperationCanceledException>();
            ledger.CountTrials("crossover", sweep.DataHash).Should().Be(stopAt);
        }

        made.Should().HaveCount(Grid.Count).And.OnlyContain(pair => pair.Value == 1);
        AssertResumes(folder.File("trials.db"), bars, RunWhole(bars)).Should().Be(0);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(9)]
    [InlineData(24)]
    public async Task Run_ProcessKilled_GoesOnWithoutRepeatingOrLosingATrial(int stopAt)
    {
        using var folder = new TemporaryFolder();
        var path = folder.File("trials.db");
        using (var process = Process.Start(new ProcessStartInfo(DotnetPath)
        {
            ArgumentList = { "exec", typeof(Program).Assembly.Location, path, stopAt.ToString(CultureInfo.InvariantCulture) },
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        })!)
        {
            (await process.StandardOutput.ReadLineAsync()).Should().Be(Program.WaitingText);
            process.Kill();
            await process.WaitForExitAsync();
        }

        // While one trial was reported, another thread may have finished one more for each processor.
        var bars = SampleSearch.Bars(Program.Bars);
        var rest = AssertResumes(path, bars, RunWhole(bars));
        rest.Should().BeInRange(Math.Max(0, Grid.Count - stopAt - Environment.ProcessorCount), Grid.Count - stopAt);
    }

    [Fact]
    public void Open_LogTornAnywhere_KeepsWhatWasWholeAndGoesOn()
    {
        using var folder = new TemporaryFolder();
        var bars = SampleSearch.Bars(100);
        using var ledger = TrialLedger.Open(folder.File("trials.db"));
        new Sweep(SampleSearch.Options(bars, ledger)).Run(Grid);
        var log = File.ReadAllBytes(folder.File("trials.db-wal"));
        log.Length.Should().BeGreaterThan(Grid.Count * 1_000);

        // Nothing was closed; what lies on the disk is copied, with the log cut or its end overwritten, as when power fails.
        var random = new Random(20_261_122);
        var rests = new List<int>();
        var whole = RunWhole(bars);
        for (var copy = 0; copy < 12; copy++)
        {
            var path = folder.File($"copy{copy}.db");
            File.Copy(folder.File("trials.db"), path);
            var end = copy == 0 ? log.Length : random.Next(log.Length);
            var torn = log[..end];
            if (copy % 2 == 1)
            {
                random.NextBytes(torn.AsSpan(Math.Max(0, end - 2_000)));
            }

            File.WriteAllBytes(path + "-wal", torn);
            rests.Add(AssertResumes(path, bars, whole));
        }

        rests[0].Should().Be(0);
        rests.Should().Contain(rest => rest > 0 && rest < Grid.Count).And.OnlyContain(rest => rest <= Grid.Count);
    }

    // The test host is itself run by dotnet, unless it was published for one platform.
    private static string DotnetPath =>
        Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") is { Length: > 0 } host ? host
            : Path.GetFileNameWithoutExtension(Environment.ProcessPath) == "dotnet" ? Environment.ProcessPath! : "dotnet";

    private static SweepResult RunWhole(Market.BarSeries bars)
    {
        using var ledger = TrialLedger.InMemory();
        return new Sweep(SampleSearch.Options(bars, ledger)).Run(Grid);
    }

    private static int AssertResumes(string path, Market.BarSeries bars, SweepResult whole)
    {
        var made = 0;
        using var ledger = TrialLedger.Open(path);
        var sweep = new Sweep(SampleSearch.Options(bars, ledger, _ => Interlocked.Increment(ref made)));
        var recorded = ledger.CountTrials("crossover", sweep.DataHash);
        var result = sweep.Run(Grid);

        made.Should().Be(Grid.Count - (int)recorded);
        result.Trials.Count(trial => trial.IsFromLedger).Should().Be((int)recorded);
        ledger.CountTrials("crossover", sweep.DataHash).Should().Be(Grid.Count);
        SampleSearch.Texts(result.Trials.Select(trial => trial.Outcome)).Should().Equal(SampleSearch.Texts(whole.Trials.Select(trial => trial.Outcome)));
        result.Summary.Warnings.Should().Equal(whole.Summary.Warnings);
        return made;
    }
}
