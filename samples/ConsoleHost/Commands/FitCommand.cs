using System.CommandLine;
using System.Globalization;
using Spectre.Console;
using TradingBot.Training.Models;

namespace ConsoleHost.Commands;

/// <summary>Fits an autoregressive model on the first part of a file of bars and saves it as ONNX.</summary>
internal static class FitCommand
{
    public static Command Create(IAnsiConsole console)
    {
        var bars = CommonOptions.Bars();
        var symbol = CommonOptions.Symbol();
        var interval = CommonOptions.Interval();
        var gaps = CommonOptions.Gaps();
        var order = new Option<int>("--order") { Description = "How many log returns the model looks back on.", DefaultValueFactory = _ => 5 };
        var share = new Option<double>("--train") { Description = "The share of the bars, from the start, to fit on: above 0 and at most 1.", DefaultValueFactory = _ => 0.7 };
        var output = new Option<FileInfo>("--out") { Description = "The model's file.", DefaultValueFactory = _ => new FileInfo("model.onnx") };
        var command = new Command("fit", "Fits an autoregressive model on bars and saves it as an ONNX file.") { bars, symbol, interval, gaps, order, share, output };
        command.SetAction(async (arguments, cancellationToken) =>
        {
            var trainingShare = arguments.GetValue(share);
            if (trainingShare is not (> 0 and <= 1))
            {
                throw new ArgumentException($"--train must be above 0 and at most 1, found {trainingShare}.");
            }

            var series = BarFiles.Read(
                arguments.GetValue(bars)!, arguments.GetValue(symbol)!, arguments.GetValue(interval), arguments.GetValue(gaps));
            var training = series[..(int)(series.Count * trainingShare)];
            var model = AutoregressiveModel.Fit(training, arguments.GetValue(order));
            var path = arguments.GetValue(output)!.FullName;
            await model.SaveAsync(path, cancellationToken);
            console.WriteLine($"Read {series}");
            console.WriteLine($"Fitted {model.Card.Name} on {training.Count} bars, up to {training.CloseTimeAt(training.Count - 1):u}");
            console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"Intercept {model.Intercept:G4}, coefficients {string.Join(", ", model.Coefficients.Select(c => c.ToString("G4", CultureInfo.InvariantCulture)))}, residual deviation {model.ResidualDeviation:G4}"));
            console.WriteLine($"Model: {path}");
            return 0;
        });
        return command;
    }
}
