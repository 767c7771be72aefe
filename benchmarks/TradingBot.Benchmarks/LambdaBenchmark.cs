using System.CommandLine;
using System.Globalization;
using Spectre.Console;
using TradingBot.FakeBinance;
using TradingBot.FakeLambda;
using TradingBot.Testing;
using TradingBot.Training;
using TradingBot.Training.Data;
using TradingBot.Training.Networks;

namespace TradingBot.Benchmarks;

/// <summary>How fast the published Lambda host starts and runs, and what it weighs.</summary>
internal static class LambdaBenchmark
{
    private const string Event = "{}";

    public static Command Create()
    {
        var bootstrap = new Option<FileInfo>("--bootstrap") { Description = "The published program.", DefaultValueFactory = _ => new FileInfo(Path.Combine("artifacts", "lambda", "bootstrap")) };
        var starts = new Option<int>("--starts") { Description = "How many starts to measure.", DefaultValueFactory = _ => 20 };
        var warm = new Option<int>("--warm") { Description = "How many further invocations of one process to measure.", DefaultValueFactory = _ => 100 };
        var command = new Command("lambda", "Measures the Lambda host against a Runtime API emulator and the fake Binance, both on this machine; the bot trades the account of the fake.") { bootstrap, starts, warm };
        command.SetAction((arguments, cancellationToken) => RunAsync(
            arguments.GetValue(bootstrap)!, arguments.GetValue(starts), arguments.GetValue(warm), cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(FileInfo bootstrap, int starts, int warm, CancellationToken cancellationToken)
    {
        var folder = Directory.CreateTempSubdirectory("tradingbot-lambda-");
        try
        {
            var bars = SampleBars.RandomWalk(count: 600, seed: 1);
            var model = Path.Combine(folder.FullName, "model.onnx");
            var trained = new NetworkRecipe(new ConvLstm(), new DatasetOptions { Window = 6, Steps = 1 }, new TrainingOptions { Rounds = 1, Epochs = 1 }).Train(bars[..400], cancellationToken: cancellationToken);
            await File.WriteAllBytesAsync(model, trained.Content.ToArray(), cancellationToken);
            await using var server = await FakeBinanceServer.StartAsync(new FakeBinanceOptions { Bars = bars, RequestWeightPerMinute = 1_000_000 }, cancellationToken);
            var environment = new Dictionary<string, string>(StringComparer.Ordinal)
            {
                ["TradingBot__Symbol"] = bars.Symbol.Id,
                ["TradingBot__Interval"] = bars.Interval.ToString(),
                ["TradingBot__ModelPath"] = model,
                ["TradingBot__MaxClockOffset"] = "10000.00:00:00", // the bars lie in the past
                ["TradingBot__Binance__Environment"] = "Custom",
                ["TradingBot__Binance__RestAddress"] = server.RestAddress.ToString(),
                ["TradingBot__Binance__TradeDemoAccount"] = "true",
                ["TradingBot__Binance__ApiKey"] = "fake-key",
                ["TradingBot__Binance__ApiSecret"] = "fake-secret",
                ["AWS_LAMBDA_LOG_LEVEL"] = "DEBUG",
            };
            var (cold, inits, first, memory) = (new List<double>(), new List<double>(), new List<double>(), new List<double>());
            var stages = new StartStages();
            for (var i = 0; i < starts; i++)
            {
                // A memory of its own, so that every start decides and does not recall.
                environment["TradingBot__Memory__Folder"] = Path.Combine(folder.FullName, string.Create(CultureInfo.InvariantCulture, $"memory-{i}"));
                await using var function = await FakeLambdaFunction.CreateAsync(
                    new FakeLambdaFunctionOptions { Bootstrap = bootstrap.FullName, Environment = new Dictionary<string, string>(environment, StringComparer.Ordinal), Output = stages.Add }, cancellationToken);
                stages.Begin();
                var reply = Answered(await function.InvokeAsync(Event, null, cancellationToken));
                inits.Add(reply.InitDuration!.Value.TotalMilliseconds);
                first.Add(reply.Duration.TotalMilliseconds);
                cold.Add(inits[^1] + first[^1]);
                memory.Add(reply.PeakMemory!.Value / 1e6);
            }

            var further = new List<double>();
            await using (var function = await FakeLambdaFunction.CreateAsync(new FakeLambdaFunctionOptions { Bootstrap = bootstrap.FullName, Environment = environment }, cancellationToken))
            {
                Answered(await function.InvokeAsync(Event, null, cancellationToken));
                for (var i = 0; i < warm; i++)
                {
                    server.AdvanceBar();
                    var reply = Answered(await function.InvokeAsync(Event, null, cancellationToken));
                    further.Add(reply.Duration.TotalMilliseconds);
                    memory.Add(reply.PeakMemory!.Value / 1e6);
                }
            }

            var table = new Table().Border(TableBorder.Rounded).AddColumn("");
            table.AddColumn("Minimum", column => column.RightAligned()).AddColumn("Median", column => column.RightAligned()).AddColumn("Maximum", column => column.RightAligned());
            AddRow(table, "Process start to first decision, ms", cold);
            AddRow(table, "  of which until the first event is asked for, ms", inits);
            AddRow(table, "  of which the first invocation, ms", first);
            AddRow(table, "Warm invocation, requests to the exchange included, ms", further);
            AddRow(table, "Peak memory, MB", memory);
            AnsiConsole.Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{starts} starts, {warm} warm invocations; a Conv-LSTM of {new FileInfo(model).Length / 1e3:0} kB"));
            AnsiConsole.Console.Write(table);
            stages.Write(AnsiConsole.Console);
            var package = bootstrap.Directory!.EnumerateFiles("*", SearchOption.AllDirectories).Where(file => file.Extension is not (".dbg" or ".pdb" or ".xml")).Sum(file => file.Length);
            AnsiConsole.Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"Package {package / 1e6:0.0} MB unzipped"));
            return 0;
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static FakeLambdaReply Answered(FakeLambdaReply reply) =>
        reply.Error is null ? reply : throw new InvalidOperationException($"The function failed: {reply.Error}");

    private static void AddRow(Table table, string name, List<double> values)
    {
        values.Sort();
        table.AddRow(name, Text(values[0]), Text(values[values.Count / 2]), Text(values[^1]));
    }

    private static string Text(double value) => value.ToString("0.0", CultureInfo.InvariantCulture);
}
