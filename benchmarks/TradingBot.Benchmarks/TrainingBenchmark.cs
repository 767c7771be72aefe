using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using Spectre.Console;
using TradingBot.Market;
using TradingBot.Prediction;
using TradingBot.Training;
using TradingBot.Training.Data;
using TradingBot.Training.Models;
using TradingBot.Training.Networks;

namespace TradingBot.Benchmarks;

/// <summary>How long a step of training takes, and a whole training of 100 epochs, for one round and for many side by side.</summary>
internal static class TrainingBenchmark
{
    private const int Epochs = 100;
    private const int Batch = 32;
    private const int Window = 5;

    public static Command Create()
    {
        var data = PaperModels.Data();
        var rounds = new Option<int>("--rounds") { Description = "The larger number of rounds; one round is measured as well.", DefaultValueFactory = _ => 30 };
        var epochs = new Option<int>("--epochs") { Description = "How many epochs of Conv-LSTM to run.", DefaultValueFactory = _ => Epochs };
        var others = new Option<int>("--other-epochs") { Description = "How many epochs of the other networks to run; totals are extrapolated to 100.", DefaultValueFactory = _ => 5 };
        var row = new Option<string?>("--row") { Description = "Measures one network and prints its figures only.", Hidden = true };
        var command = new Command("training", "Measures training on the 2,991 daily bars of the paper: batch 32, window 5, five features.") { data, rounds, epochs, others, row };
        command.SetAction(async (arguments, cancellationToken) =>
        {
            var folder = arguments.GetValue(data)!;
            if (arguments.GetValue(row) is { } name)
            {
                Console.WriteLine(Measure(PaperModels.Read(folder), name, arguments.GetValue(rounds), arguments.GetValue(epochs)));
                return 0;
            }

            await RunAsync(folder, arguments.GetValue(rounds), arguments.GetValue(epochs), arguments.GetValue(others), cancellationToken);
            return 0;
        });
        return command;
    }

    private static async Task RunAsync(DirectoryInfo data, int rounds, int epochs, int others, CancellationToken cancellationToken)
    {
        var console = AnsiConsole.Console;
        console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{Environment.ProcessorCount} processors, load {LoadOf()}; {Epochs} epochs, batch {Batch}, window {Window}, five features; PyTorch's figures were measured elsewhere, see PaperModels.cs"));
        var table = new Table().Border(TableBorder.Rounded).AddColumn("Network");
        foreach (var title in (string[])["Rounds", "Epochs run", "ms per step", "per round", "PyTorch", "times faster", $"s for {Epochs} epochs", "Peak MB", "PyTorch MB"])
        {
            table.AddColumn(new TableColumn(title).RightAligned());
        }

        foreach (var (network, _, torch) in PaperModels.Networks)
        {
            foreach (var count in (int[])[1, rounds])
            {
                var run = network is ConvLstm ? epochs : others;
                var figures = await MeasureApartAsync(data, network.Name, count, run, cancellationToken);
                var (step, total, memory) = (figures[0], figures[1], figures[2]);
                table.AddRow(
                    network.Name,
                    Text(count, "0"),
                    Text(run, "0"),
                    Text(step, "0.000"),
                    Text(step / count, "0.000"),
                    Text(torch, "0.00"),
                    Text(torch * count / step, "0.0"),
                    (run < Epochs ? "~" : string.Empty) + Text(total, "0.0"),
                    Text(memory, "0"),
                    Text(PaperModels.TorchMemory, "0"));
            }
        }

        var clock = TimeProvider.System;
        var start = clock.GetTimestamp();
        ArimaPredictor.Fit(PaperModels.Read(data), new ArimaOrder(6, 1, 6));
        table.AddRow("arima-6-1-6", "1", "-", "-", "-", "-", "-", Text(clock.GetElapsedTime(start).TotalSeconds, "0.0"), "-", "-");
        console.Write(table);
        console.WriteLine("'~' is extrapolated from the epochs run. ARIMA: its whole fit; it is fitted once and has no steps. A step trains all rounds that run side by side.");
        console.WriteLine($"load {LoadOf()} at the end");
    }

    /// <summary>Measures in a process of its own, whose peak of memory is that of one network.</summary>
    private static async Task<double[]> MeasureApartAsync(DirectoryInfo data, string name, int rounds, int epochs, CancellationToken cancellationToken)
    {
        var start = new ProcessStartInfo(Environment.ProcessPath!) { RedirectStandardOutput = true, UseShellExecute = false };
        string[] arguments = [.. AssemblyArgument(), "training", "--data", data.FullName, "--row", name, "--rounds", Text(rounds, "0"), "--epochs", Text(epochs, "0")];
        Array.ForEach(arguments, start.ArgumentList.Add);
        using var process = Process.Start(start)!;
        var output = await process.StandardOutput.ReadToEndAsync(cancellationToken);
        await process.WaitForExitAsync(cancellationToken);
        return process.ExitCode == 0
            ? [.. output.Split(' ', StringSplitOptions.TrimEntries).Select(number => double.Parse(number, CultureInfo.InvariantCulture))]
            : throw new InvalidOperationException($"The measurement of {name} ended with {process.ExitCode}.");
    }

    private static string[] AssemblyArgument() =>
        Path.GetFileNameWithoutExtension(Environment.ProcessPath) == "dotnet" ? [Environment.GetCommandLineArgs()[0]] : [];

    private static string Measure(BarSeries bars, string name, int rounds, int epochs)
    {
        var network = PaperModels.Networks.First(one => one.Network.Name == name).Network;
        var dataset = Dataset.Create(bars, new DatasetOptions
        {
            Features = [BarFeature.Open, BarFeature.High, BarFeature.Low, BarFeature.Close, BarFeature.Volume],
            Window = Window,
            Scaling = InputScaling.ZScore,
        });
        var data = dataset.ToTrainingData(.., dataset.FitScaling(new BarRange(0, bars.Count)));
        var watch = new Watch();
        Trainer.Train(network, data, new TrainingOptions { Epochs = epochs, Rounds = rounds, BatchSize = Batch, ValidationPart = 0 }, watch);
        var steps = (data.Count + Batch - 1) / Batch;

        // The first epoch also builds the session, so a step is measured over the others where there are any.
        var (first, all) = (watch.Ends[0], watch.Ends[^1]);
        var epoch = epochs > 1 ? (all - first) / (epochs - 1) : first;
        using var process = Process.GetCurrentProcess();
        return string.Create(
            CultureInfo.InvariantCulture, $"{epoch.TotalMilliseconds / steps} {(first + (epoch * (Epochs - 1))).TotalSeconds} {process.PeakWorkingSet64 / 1e6}");
    }

    private static string LoadOf() => File.Exists("/proc/loadavg") ? File.ReadAllText("/proc/loadavg").Split(' ')[0] : "unknown";

    private static string Text(double value, string format) => value.ToString(format, CultureInfo.InvariantCulture);

    private sealed class Watch : IProgress<EpochProgress>
    {
        private readonly long _start = TimeProvider.System.GetTimestamp();

        public List<TimeSpan> Ends { get; } = [];

        public void Report(EpochProgress value) => Ends.Add(TimeProvider.System.GetElapsedTime(_start));
    }
}
