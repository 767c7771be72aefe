using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;
using Spectre.Console;
using TradingBot.Backtesting;
using TradingBot.Market;

namespace TradingBot.Benchmarks;

/// <summary>How many bars a second a backtest takes on one core, what it allocates, and where the time goes.</summary>
internal static class BacktestBenchmark
{
    private const int Smallest = 10_000;

    // Short runs are repeated until the clock can tell them apart.
    private static readonly TimeSpan ShortestMeasurement = TimeSpan.FromSeconds(0.5);

    private static readonly TimeSpan WarmUpTime = TimeSpan.FromSeconds(1);

    public static Command Create()
    {
        var most = new Option<int>("--bars") { Description = "The most bars of a run; the runs before it have a tenth each, down to ten thousand. A hundred million need 12 GB.", DefaultValueFactory = _ => 10_000_000 };
        var runs = new Option<int>("--runs") { Description = "How often each is measured; the median is printed.", DefaultValueFactory = _ => 5 };
        var only = new Option<string?>("--only") { Description = "Measures one strategy, by how its name begins, in a process that has never run another: code that has met one strategy is compiled for it. Without the parts." };
        var command = new Command("backtest", "Measures backtests of random one-minute bars with fees, slippage and funding: bars a second, bytes a bar, and the parts of both.") { most, runs, only };
        command.SetAction(arguments =>
        {
            Run(arguments.GetValue(most), arguments.GetValue(runs), arguments.GetValue(only));
            return 0;
        });
        return command;
    }

    private static void Run(int most, int runs, string? only)
    {
        var console = AnsiConsole.Console;
        console.WriteLine($"{RuntimeInformation.FrameworkDescription}, {ProcessorName()}, load {LoadOf()}; medians of {runs} runs, all of them compiled before");
        var subjects = BacktestSubject.All.Where(subject => only is null || subject.Name.StartsWith(only, StringComparison.OrdinalIgnoreCase)).ToArray();
        if (subjects.Length == 0)
        {
            throw new ArgumentException($"Expected --only to be the beginning of one of {string.Join(", ", BacktestSubject.All.Select(subject => subject.Name))}, found '{only}'.");
        }

        var market = BenchmarkMarket.Create(most);
        WarmUp(market.Take(Smallest), subjects, alone: only is not null);
        Table table = Speeds();
        for (var count = Smallest; count <= most; count *= 10)
        {
            foreach (var subject in subjects)
            {
                Add(table, subject, market.Take(count), runs);
            }
        }

        console.Write(table);
        console.WriteLine("By the wall clock, and by the processor time of the whole process, which other programs disturb less.");
        if (only is null)
        {
            console.Write(Parts(market.Take(Math.Min(most, 10_000_000)), runs));
        }

        console.WriteLine($"load {LoadOf()} at the end");
    }

    private static void WarmUp(BenchmarkMarket market, BacktestSubject[] subjects, bool alone)
    {
        foreach (var subject in subjects)
        {
            WarmUp(() => subject.Run(market));
            if (!alone)
            {
                WarmUp(() => subject.RunIdly(market));
            }
        }

        if (!alone)
        {
            WarmUp(() => BacktestSubject.Idle.Run(market));
        }
    }

    /// <summary>Runs something for a while: what is compiled as it runs, and then again for speed, is not what is measured.</summary>
    public static void WarmUp(Action run)
    {
        var clock = TimeProvider.System;
        for (var start = clock.GetTimestamp(); clock.GetElapsedTime(start) < WarmUpTime;)
        {
            run();
        }
    }

    private static Table Speeds()
    {
        var table = new Table().Border(TableBorder.Rounded).AddColumn("Strategy");
        foreach (var title in (string[])["Bars", "Trades", "Bars a trade", "ns/bar, wall", "M bars/s, wall", "ns/bar, CPU", "M bars/s, CPU", "Bytes/bar"])
        {
            table.AddColumn(new TableColumn(title).RightAligned());
        }

        return table;
    }

    private static void Add(Table table, BacktestSubject subject, BenchmarkMarket market, int runs)
    {
        var trades = subject.Run(market).Trades.Count;
        var figures = Measure(() => subject.Run(market), runs);
        var bars = (double)market.Bars.Count;
        table.AddRow(
            subject.Name,
            Text(bars, "#,0"),
            Text(trades, "#,0"),
            trades == 0 ? "-" : Text(bars / trades, "0"),
            Text(figures.Wall / bars, "0.0"),
            Text(bars / figures.Wall * 1e3, "0.0"),
            Text(figures.Processor / bars, "0.0"),
            Text(bars / figures.Processor * 1e3, "0.0"),
            Text(figures.Bytes / bars, "0.0"));
    }

    private static Table Parts(BenchmarkMarket market, int runs)
    {
        var table = new Table().Title("Where the time goes").Border(TableBorder.Rounded).AddColumn("Part")
            .AddColumn(new TableColumn("ns, CPU").RightAligned()).AddColumn(new TableColumn("of each").RightAligned());
        var bars = (double)market.Bars.Count;
        var idle = BacktestSubject.Idle.Run(market);

        // As in the run itself: from what the account held, not from a curve that exists.
        var equity = new EquityLog(market.Bars);
        equity.Note(0, Position.Flat, idle.Options.InitialBalance);
        var statistics = Measure(
            () => BacktestStatistics.Compute(market.Bars, new CurveValues(equity), 0, new TradeTotals(), idle.Options.InitialBalance, idle.Options.InitialBalance), runs).Processor;
        var nothing = Measure(() => BacktestSubject.Idle.Run(market), runs).Processor;
        var seen = Measure(() => BacktestSubject.Idle.Run(market).Equity.Span[0], runs).Processor;
        table.AddRow("A strategy that never trades", Text(nothing / bars, "0.0"), "bar");
        table.AddRow("  of it the statistics", Text(statistics / bars, "0.0"), "bar");
        table.AddRow("  Its equity, once somebody looks at it", Text((seen - nothing) / bars, "0.0"), "bar");
        foreach (var subject in BacktestSubject.All)
        {
            var quiet = Measure(() => subject.RunIdly(market), runs).Processor;
            var all = Measure(() => subject.Run(market), runs);
            var trades = subject.Run(market).Trades.Count;
            var bytes = Measure(() => subject.RunIdly(market), 1).Bytes;
            table.AddRow($"{subject.Name}: deciding", Text((quiet - nothing) / bars, "0.0"), "bar");
            table.AddRow($"{subject.Name}: trading", Text((all.Processor - quiet) / trades, "0"), "trade");
            table.AddRow($"{subject.Name}: bytes", Text((all.Bytes - bytes) / trades, "0"), "trade");
        }

        return table;
    }

    /// <summary>Measures a run: the medians of its nanoseconds by the wall clock and by the processor time of the process, and of the bytes that it allocates.</summary>
    public static (double Wall, double Processor, double Bytes) Measure<T>(Func<T> run, int runs)
    {
        run();
        var clock = TimeProvider.System;
        var (walls, processors, bytes) = (new double[runs], new double[runs], new double[runs]);
        using var process = Process.GetCurrentProcess();
        for (var i = 0; i < runs; i++)
        {
            // What earlier runs left behind is not this one's cost.
            GC.Collect();
            process.Refresh();
            var (allocated, busy, start, times) = (GC.GetTotalAllocatedBytes(true), process.TotalProcessorTime, clock.GetTimestamp(), 0);
            do
            {
                run();
                times++;
            }
            while (clock.GetElapsedTime(start) < ShortestMeasurement);
            var elapsed = clock.GetElapsedTime(start);
            process.Refresh();
            walls[i] = elapsed.TotalNanoseconds / times;
            processors[i] = (process.TotalProcessorTime - busy).TotalNanoseconds / times;
            bytes[i] = (GC.GetTotalAllocatedBytes(true) - allocated) / (double)times;
        }

        return (MedianOf(walls), MedianOf(processors), MedianOf(bytes));
    }

    private static double MedianOf(double[] values)
    {
        Array.Sort(values);
        return values.Length % 2 == 1 ? values[values.Length / 2] : (values[(values.Length / 2) - 1] + values[values.Length / 2]) / 2;
    }

    private static string ProcessorName() =>
        File.Exists("/proc/cpuinfo") && File.ReadLines("/proc/cpuinfo").FirstOrDefault(line => line.StartsWith("model name", StringComparison.Ordinal)) is { } line
            ? line[(line.IndexOf(':', StringComparison.Ordinal) + 1)..].Trim()
            : RuntimeInformation.ProcessArchitecture.ToString();

    private static string LoadOf() => File.Exists("/proc/loadavg") ? File.ReadAllText("/proc/loadavg").Split(' ')[0] : "unknown";

    private static string Text(double value, string format) => value.ToString(format, CultureInfo.InvariantCulture);
}
