using System.CommandLine;
using System.Globalization;
using Spectre.Console;
using TradingBot.Market;
using TradingBot.Prediction;
using TradingBot.Training;
using TradingBot.Training.Data;

namespace ConsoleHost.Commands;

/// <summary>Trains a model on the first part of a file of bars, judges it on the rest, and saves it as ONNX with the verdict.</summary>
internal static class TrainCommand
{
    public static Command Create(IAnsiConsole console)
    {
        var bars = CommonOptions.Bars();
        var symbol = CommonOptions.Symbol();
        var interval = CommonOptions.Interval();
        var gaps = CommonOptions.Gaps();
        var model = new Option<string>("--model") { Description = $"What to train: {string.Join(", ", ModelNames.All)}.", DefaultValueFactory = _ => "conv-lstm" };
        var rounds = new Option<int>("--rounds") { Description = "How many networks are trained side by side; the one with the lowest validation loss is kept.", DefaultValueFactory = _ => 5 };
        var epochs = new Option<int>("--epochs") { Description = "The largest number of passes over the training part.", DefaultValueFactory = _ => 100 };
        var window = new Option<int>("--window") { Description = "How many bars the model reads.", DefaultValueFactory = _ => 6 };
        var horizon = new Option<int>("--horizon") { Description = "How many bars ahead the forecast close lies.", DefaultValueFactory = _ => 1 };
        var features = new Option<string>("--features") { Description = $"What a network reads, with commas: columns of the bars, {string.Join(", ", Enum.GetNames<BarFeature>())}, and names of --series.", DefaultValueFactory = _ => "Close" };
        var series = new SeriesOptions();
        var maxAge = new Option<TimeSpan?>("--max-age") { Description = "How long before a bar's close a value of --series may have been published, as 3.00:00:00 for three days; an older one is a missing one. Left out: any time." };
        var target = new Option<string>("--target") { Description = "What a network learns: log-return or price. Prices invite an echo of the last close.", DefaultValueFactory = _ => "log-return" };
        var seed = new Option<int>("--seed") { Description = "The same seed, bars and settings give the same file.", DefaultValueFactory = _ => 1 };
        var share = new Option<double>("--train") { Description = "The share of the bars, from the start, that the model may see: above 0 and below 1. The rest judges it.", DefaultValueFactory = _ => 0.7 };
        var output = new Option<FileInfo>("--out") { Description = "The model's file.", DefaultValueFactory = _ => new FileInfo("model.onnx") };
        var command = new Command("train", "Trains a model on bars, judges it on bars that it has not seen, and saves it as an ONNX file with the verdict.")
        {
            bars, symbol, interval, gaps, model, rounds, epochs, window, horizon, features, maxAge, target, seed, share, output,
        };
        series.AddTo(command);
        command.SetAction(async (arguments, cancellationToken) =>
        {
            var history = BarFiles.Read(
                arguments.GetValue(bars)!, arguments.GetValue(symbol)!, arguments.GetValue(interval), arguments.GetValue(gaps));
            console.WriteLine($"Read {history}");
            var exogenous = series.Read(arguments);
            var (columns, names) = FeaturesOf(arguments.GetValue(features)!, exogenous);
            var steps = arguments.GetValue(horizon);
            var recipe = ModelNames.ToRecipe(
                arguments.GetValue(model)!,
                new DatasetOptions
                {
                    Features = columns,
                    Exogenous = [.. names.Select(name => new ExogenousFeature(name, arguments.GetValue(maxAge)))],
                    Window = arguments.GetValue(window),
                    Steps = steps,
                    Target = TargetOf(arguments.GetValue(target)!),
                },
                new TrainingOptions { Epochs = arguments.GetValue(epochs), Rounds = arguments.GetValue(rounds), Seed = arguments.GetValue(seed) },
                steps);

            var judged = TrainingProgress.Show(
                console,
                $"Training {recipe.Name}",
                arguments.GetValue(epochs),
                progress => ModelTraining.Train(recipe, history, arguments.GetValue(share), exogenous, progress, cancellationToken));
            var path = arguments.GetValue(output)!.FullName;
            await judged.Model.SaveAsync(path, cancellationToken);
            if (judged.Model.Network is { } network)
            {
                console.WriteLine(string.Create(
                    CultureInfo.InvariantCulture,
                    $"{network.Rounds.Count} round(s) of {network.ParameterCount} parameters; kept round {judged.Model.Round + 1}, as after epoch {network.Rounds[judged.Model.Round].Epoch}"));
            }

            ReportTable.Write(console, judged.Report, $"{judged.Model.Card.Name} on bars that it has not seen");
            console.WriteLine($"Model: {path}");
            using var predictor = judged.Model.CreatePredictor(exogenous);
            ForecastPages.Write(console, predictor.PredictSeries(history), predictor.Card, path, ForecastPages.RoundsOf(judged.Model, history, exogenous));
            return 0;
        });
        return command;
    }

    private static (List<BarFeature> Columns, List<string> Series) FeaturesOf(string names, IReadOnlyList<ExogenousSeries> exogenous)
    {
        List<BarFeature> columns = [];
        List<string> series = [];
        foreach (var name in names.Split(',', StringSplitOptions.TrimEntries))
        {
            if (Array.Find(Enum.GetValues<BarFeature>(), feature => string.Equals(feature.ToString(), name, StringComparison.OrdinalIgnoreCase)) is var column && column != default)
            {
                columns.Add(column);
            }
            else if (exogenous.Any(one => one.Name == name))
            {
                series.Add(name);
            }
            else
            {
                throw new ArgumentException($"Expected features of the bars, {string.Join(", ", Enum.GetNames<BarFeature>())}, or the name of a --series, found '{name}'.");
            }
        }

        return exogenous.FirstOrDefault(one => !series.Contains(one.Name)) is { } unread
            ? throw new ArgumentException($"The series '{unread.Name}' is given, but --features does not name it.")
            : (columns, series);
    }

    private static TargetKind TargetOf(string name) => name switch
    {
        "log-return" => TargetKind.LogReturn,
        "price" => TargetKind.Price,
        _ => throw new ArgumentException($"Expected --target log-return or price, found '{name}'."),
    };
}
