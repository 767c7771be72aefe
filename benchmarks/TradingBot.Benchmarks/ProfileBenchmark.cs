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
    private const string Moves = "Split, concat, slice, pad, reshape";
    private const string Update = "Clipping and Adam";
    private static readonly NetworkShape Shape = new(Window: 5, Features: 5, Steps: 1);

    // What an operator does to the numbers; the runtime itself makes the fused ones of those in the graph. The others are elementwise.
    private static readonly Dictionary<string, string> Kinds = new(StringComparer.Ordinal)
    {
        ["MatMul"] = "Matrix products", ["FusedMatMul"] = "Matrix products", ["Gemm"] = "Matrix products", ["FusedGemm"] = "Matrix products",
        ["Transpose"] = "Transposes",
        ["Split"] = Moves, ["Concat"] = Moves, ["Slice"] = Moves, ["Pad"] = Moves, ["Expand"] = Moves, ["Identity"] = Moves,
        ["Reshape"] = Moves, ["Squeeze"] = Moves, ["Unsqueeze"] = Moves,
        ["ReduceSum"] = "Sums, means, softmax", ["ReduceMean"] = "Sums, means, softmax", ["Softmax"] = "Sums, means, softmax",
    };

    public static Command Create()
    {
        var models = new Option<string>("--models") { Description = "The networks, with commas.", DefaultValueFactory = _ => "lstm,ed-lstm,transformer" };
        var rounds = new Option<int>("--rounds") { Description = "The rounds of one graph.", DefaultValueFactory = _ => 1 };
        var steps = new Option<int>("--steps") { Description = "How many steps to profile.", DefaultValueFactory = _ => 100 };
        var all = new Option<bool>("--operators") { Description = "Prints every operator, and not their kinds only." };
        var command = new Command("profile", "Measures where the time of a training step goes: batch 32, window 5, five features, one thread; medians over the steps.") { models, rounds, steps, all };
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
                Add(table, network, arguments.GetValue(rounds), arguments.GetValue(steps), arguments.GetValue(all));
            }

            console.Write(table);
            console.WriteLine("Noting the profile takes time of its own between the operators, so the whole step is measured without it, by the processor time of the process.");
        });
        return command;
    }

    private static void Add(Table table, NetworkArchitecture network, int rounds, int steps, bool all)
    {
        var operators = Profile(network, rounds, steps);
        var sum = operators.Sum(one => one.Milliseconds);
        foreach (var group in operators
            .GroupBy(one => all && one.Kind == Update ? $"{one.Operator} ({Update})" : all ? one.Operator : one.Kind, StringComparer.Ordinal)
            .OrderByDescending(group => group.Sum(one => one.Milliseconds)))
        {
            var time = group.Sum(one => one.Milliseconds);
            table.AddRow(network.Name, group.Key, Text(group.Count(), "0"), Text(time, "0.000"), Text(time / sum, "0 %"));
        }

        table.AddRow(network.Name, "All operators", Text(operators.Count, "0"), Text(sum, "0.000"), "100 %");
        table.AddRow(network.Name, "Whole step, without a profile", string.Empty, Text(Whole(network, rounds, steps), "0.000"), string.Empty);
    }

    // By the processor's time, which other work on the machine does not lengthen.
    private static double Whole(NetworkArchitecture network, int rounds, int steps)
    {
        var (done, start) = (0, TimeSpan.Zero);
        Run(network, rounds, steps, profile: null, step =>
        {
            if (done++ == WarmUp)
            {
                start = Environment.CpuUsage.TotalTime;
            }

            step();
        });
        return (Environment.CpuUsage.TotalTime - start).TotalMilliseconds / steps;
    }

    private static List<Timing> Profile(NetworkArchitecture network, int rounds, int steps)
    {
        var folder = Directory.CreateTempSubdirectory("tradingbot-profile-");
        try
        {
            var parameters = Run(network, rounds, steps, Path.Combine(folder.FullName, "profile"), step => step());
            using var json = JsonDocument.Parse(File.ReadAllBytes(folder.GetFiles().Single().FullName));
            return Read(json, steps, parameters);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    /// <summary>Runs steps on random samples, and returns the number of parameters of all rounds.</summary>
    private static int Run(NetworkArchitecture network, int rounds, int steps, string? profile, Action<Action> run)
    {
        var options = new TrainingOptions { Rounds = rounds };
        var plan = NetworkPlan.Create(network, Shape, rounds, Batch);
        using var session = new TrainingSession(plan, options, Batch, profile);
        using var state = new TrainingState(rounds, plan.ParameterCount);
        var random = new Random(1);
        for (var round = 0; round < rounds; round++)
        {
            plan.Initialize(state.Parameters.Span.Slice(round * plan.ParameterCount, plan.ParameterCount), random);
        }

        Fill(session.Samples, random);
        Fill(session.Targets, random);
        session.Weights.Fill(1f / Batch);
        session.Masks.Fill(1);
        session.Attach(state);
        for (var step = 1; step <= WarmUp + steps; step++)
        {
            var rate = Adam.Rate(options.LearningRate, step);
            run(() => session.Step(rate));
        }

        return rounds * plan.ParameterCount;
    }

    private static void Fill(Span<float> values, Random random)
    {
        foreach (ref var value in values)
        {
            value = (float)((2 * random.NextDouble()) - 1);
        }
    }

    // The operators of every step come in the same order, so the median is that of each place. An event of an operator has the category Node and a name that ends in kernel_time.
    private static List<Timing> Read(JsonDocument json, int steps, long parameters)
    {
        var nodes = json.RootElement.EnumerateArray().Where(one =>
            one.TryGetProperty("cat", out var category) && category.GetString() == "Node" && one.GetProperty("name").GetString()!.EndsWith("kernel_time", StringComparison.Ordinal)).ToArray();
        var perStep = nodes.Length / (WarmUp + steps);
        return [.. Enumerable.Range(0, perStep).Select(place => new Timing(
            nodes[place].GetProperty("args").GetProperty("op_name").GetString()!,
            KindOf(nodes[place].GetProperty("args"), parameters),
            Median(Enumerable.Range(WarmUp, steps).Select(step => nodes[(step * perStep) + place].GetProperty("dur").GetDouble() / 1000))))];
    }

    // What passes over all parameters, but for cutting and joining them, is the update.
    private static string KindOf(JsonElement arguments, long parameters)
    {
        var kind = Kinds.GetValueOrDefault(arguments.GetProperty("op_name").GetString()!, "Elementwise");
        return kind != Moves && (Holds("output_type_shape") || Holds("input_type_shape")) ? Update : kind;

        bool Holds(string property) => arguments.TryGetProperty(property, out var shapes) && shapes.EnumerateArray().Any(tensor => tensor.EnumerateObject().Any(shape =>
            shape.Value.GetArrayLength() == 2 && shape.Value.EnumerateArray().Aggregate(1L, (product, size) => product * size.GetInt64()) == parameters));
    }

    private static double Median(IEnumerable<double> values)
    {
        double[] sorted = [.. values.Order()];
        return (sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]) / 2;
    }

    private static string Text(double value, string format) => value.ToString(format, CultureInfo.InvariantCulture);

    private sealed record Timing(string Operator, string Kind, double Milliseconds);
}
