using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Spectre.Console;
using TradingBot.Training;
using TradingBot.Training.Networks;
using TradingBot.Training.Optimization;

namespace TradingBot.Benchmarks;

/// <summary>Where the time of a training step goes, operator by operator, as ONNX Runtime notes it.</summary>
internal static class ProfileBenchmark
{
    private const int Batch = 32;
    private const int WarmUp = 5;
    private static readonly NetworkShape Shape = new(Window: 5, Features: 5, Steps: 1);

    // What an operator does to the numbers; the optimiser of the runtime makes the fused ones of those in the graph.
    private static readonly Dictionary<string, string> Kinds = new(StringComparer.Ordinal)
    {
        ["MatMul"] = "Matrix products", ["FusedMatMul"] = "Matrix products", ["Gemm"] = "Matrix products", ["FusedGemm"] = "Matrix products",
        ["Transpose"] = "Transposes",
        ["Split"] = "Split, concat, slice, pad, expand", ["Concat"] = "Split, concat, slice, pad, expand", ["Slice"] = "Split, concat, slice, pad, expand",
        ["Pad"] = "Split, concat, slice, pad, expand", ["Expand"] = "Split, concat, slice, pad, expand", ["Identity"] = "Split, concat, slice, pad, expand",
        ["ReduceSum"] = "Sums and means", ["ReduceMean"] = "Sums and means", ["Softmax"] = "Softmax",
    };

    public static Command Create()
    {
        var models = new Option<string>("--models") { Description = "The networks, with commas.", DefaultValueFactory = _ => "lstm,ed-lstm,transformer" };
        var rounds = new Option<int>("--rounds") { Description = "The rounds of one graph.", DefaultValueFactory = _ => 1 };
        var steps = new Option<int>("--steps") { Description = "How many steps to profile.", DefaultValueFactory = _ => 50 };
        var all = new Option<bool>("--operators") { Description = "Prints every operator, and not their kinds only." };
        var command = new Command("profile", "Measures where the time of a training step goes: batch 32, window 5, five features, one thread.") { models, rounds, steps, all };
        command.SetAction(arguments =>
        {
            var console = AnsiConsole.Console;
            var table = new Table().Border(TableBorder.Rounded).AddColumn("Network").AddColumn("What");
            foreach (var title in (string[])["Calls per step", "ms per step", "Share"])
            {
                table.AddColumn(new TableColumn(title).RightAligned());
            }

            foreach (var name in arguments.GetValue(models)!.Split(',', StringSplitOptions.TrimEntries))
            {
                var network = PaperModels.Networks.First(one => one.Network.Name == name).Network;
                Add(table, network.Name, Profile(network, arguments.GetValue(rounds), arguments.GetValue(steps)), arguments.GetValue(all));
            }

            console.Write(table);
            console.WriteLine("'Outside operators' is what the run of a step takes beyond its operators: scheduling, and the noting of the profile itself.");
        });
        return command;
    }

    private static void Add(Table table, string network, (List<Timing> Operators, double Run) profile, bool all)
    {
        foreach (var group in profile.Operators
            .GroupBy(timing => all ? $"{timing.Operator}{(timing.IsUpdate ? " (update)" : string.Empty)}" : KindOf(timing), StringComparer.Ordinal)
            .Select(group => (What: group.Key, Calls: group.Sum(one => one.Calls), Time: group.Sum(one => one.Milliseconds)))
            .Append((What: "Outside operators", Calls: 0, Time: profile.Run - profile.Operators.Sum(one => one.Milliseconds)))
            .OrderByDescending(group => group.Time))
        {
            table.AddRow(network, group.What, Text(group.Calls, "0"), Text(group.Time, "0.000"), Text(group.Time / profile.Run, "0.0 %"));
        }

        table.AddRow(network, "Whole step", Text(profile.Operators.Sum(one => one.Calls), "0"), Text(profile.Run, "0.000"), "100.0 %");
    }

    private static string KindOf(Timing timing) => timing.IsUpdate ? "Clipping and Adam" : Kinds.GetValueOrDefault(timing.Operator, "Elementwise");

    private static (List<Timing> Operators, double Run) Profile(NetworkArchitecture network, int rounds, int steps)
    {
        var folder = Directory.CreateTempSubdirectory("tradingbot-profile-");
        try
        {
            var options = new TrainingOptions { Rounds = rounds };
            var plan = NetworkPlan.Create(network, Shape, rounds, Batch);
            using (var session = new TrainingSession(plan, options, Batch, Path.Combine(folder.FullName, "profile")))
            {
                using var state = new TrainingState(rounds, plan.ParameterCount);
                Fill(session, state, plan, rounds);
                session.Attach(state);
                for (var step = 1; step <= WarmUp + steps; step++)
                {
                    session.Step(Adam.Rate(options.LearningRate, step));
                }
            }

            using var json = JsonDocument.Parse(File.ReadAllBytes(folder.GetFiles().Single().FullName));
            return Read(json, steps, rounds * plan.ParameterCount);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static void Fill(TrainingSession session, TrainingState state, NetworkPlan plan, int rounds)
    {
        var random = new Random(1);
        for (var round = 0; round < rounds; round++)
        {
            plan.Initialize(state.Parameters.Span.Slice(round * plan.ParameterCount, plan.ParameterCount), random);
        }

        foreach (ref var sample in session.Samples)
        {
            sample = (float)((2 * random.NextDouble()) - 1);
        }

        foreach (ref var target in session.Targets)
        {
            target = (float)((2 * random.NextDouble()) - 1);
        }

        session.Weights.Fill(1f / Batch);
        session.Masks.Fill(1);
    }

    // An event of an operator has the category Node and its name ends in kernel_time; its size tells the update of all parameters from the rest.
    private static (List<Timing> Operators, double Run) Read(JsonDocument json, int steps, long parameters)
    {
        var events = json.RootElement.EnumerateArray().Where(one => one.TryGetProperty("cat", out _)).ToArray();
        double[] runs = [.. events.Where(one => one.GetProperty("name").GetString() == "model_run").Select(one => one.GetProperty("dur").GetDouble())];
        var nodes = events.Where(one => one.GetProperty("cat").GetString() == "Node" && one.GetProperty("name").GetString()!.EndsWith("kernel_time", StringComparison.Ordinal)).ToArray();
        var perRun = nodes.Length / runs.Length;
        List<Timing> timings = [.. nodes[(WarmUp * perRun)..]
            .GroupBy(node => (Operator: node.GetProperty("args").GetProperty("op_name").GetString()!, IsUpdate: IsUpdate(node, parameters)))
            .Select(group => new Timing(group.Key.Operator, group.Key.IsUpdate, group.Count() / steps, group.Sum(node => node.GetProperty("dur").GetDouble()) / steps / 1000))];
        return (timings, runs[WarmUp..].Average() / 1000);
    }

    private static bool IsUpdate(JsonElement node, long parameters)
    {
        var arguments = node.GetProperty("args");
        return arguments.GetProperty("op_name").GetString() is not ("Split" or "Concat")
            && arguments.TryGetProperty("output_type_shape", out var outputs)
            && arguments.TryGetProperty("input_type_shape", out var inputs)
            && (Holds(outputs) || Holds(inputs));

        bool Holds(JsonElement shapes) => shapes.EnumerateArray().Any(tensor => tensor.EnumerateObject().Any(shape =>
            shape.Value.GetArrayLength() == 2 && shape.Value.EnumerateArray().Aggregate(1L, (product, size) => product * size.GetInt64()) == parameters));
    }

    private static string Text(double value, string format) => value.ToString(format, CultureInfo.InvariantCulture);

    private sealed record Timing(string Operator, bool IsUpdate, int Calls, double Milliseconds);
}
