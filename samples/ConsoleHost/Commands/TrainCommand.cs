using System.CommandLine;
using System.Globalization;
using Spectre.Console;
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
        var features = new Option<string>("--features") { Description = $"The columns that a network reads, of {string.Join(", ", Enum.GetNames<BarFeature>())}, with commas.", DefaultValueFactory = _ => "Close" };
        var target = new Option<string>("--target") { Description = "What a network learns: log-return or price. Prices invite an echo of the last close.", DefaultValueFactory = _ => "log-return" };
        var seed = new Option<int>("--seed") { Description = "The same seed, bars and settings give the same file.", DefaultValueFactory = _ => 1 };
        var share = new Option<double>("--train") { Description = "The share of the bars, from the start, that the model may see: above 0 and below 1. The rest judges it.", DefaultValueFactory = _ => 0.7 };
        var output = new Option<FileInfo>("--out") { Description = "The model's file.", DefaultValueFactory = _ => new FileInfo("model.onnx") };
        var command = new Command("train", "Trains a model on bars, judges it on bars that it has not seen, and saves it as an ONNX file with the verdict.")
        {
            bars, symbol, interval, gaps, model, rounds, epochs, window, horizon, features, target, seed, share, output,
        };
        command.SetAction(async (arguments, cancellationToken) =>
        {
            var series = BarFiles.Read(
                arguments.GetValue(bars)!, arguments.GetValue(symbol)!, arguments.GetValue(interval), arguments.GetValue(gaps));
            console.WriteLine($"Read {series}");
            var steps = arguments.GetValue(horizon);
            var recipe = ModelNames.ToRecipe(
                arguments.GetValue(model)!,
                new DatasetOptions
                {
                    Features = FeaturesOf(arguments.GetValue(features)!),
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
                progress => ModelTraining.Train(recipe, series, arguments.GetValue(share), exogenous: null, progress, cancellationToken));
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
            using var predictor = judged.Model.CreatePredictor();
            ForecastPages.Write(console, predictor.PredictSeries(series), predictor.Card, path, ForecastPages.RoundsOf(judged.Model, series));
            return 0;
        });
        return command;
    }

    private static BarFeature[] FeaturesOf(string names) => [.. names.Split(',', StringSplitOptions.TrimEntries).Select(name =>
        Array.Find(Enum.GetValues<BarFeature>(), feature => string.Equals(feature.ToString(), name, StringComparison.OrdinalIgnoreCase)) is var feature && feature != default
            ? feature
            : throw new ArgumentException($"Expected features of the bars, {string.Join(", ", Enum.GetNames<BarFeature>())}, found '{name}'."))];

    private static TargetKind TargetOf(string name) => name switch
    {
        "log-return" => TargetKind.LogReturn,
        "price" => TargetKind.Price,
        _ => throw new ArgumentException($"Expected --target log-return or price, found '{name}'."),
    };
}
