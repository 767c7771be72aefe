using System.CommandLine;
using Spectre.Console;
using TradingBot.Prediction.Evaluation;

namespace ConsoleHost.Commands;

/// <summary>Judges a model on the bars of a file that it has not been trained on.</summary>
internal static class EvaluateCommand
{
    public static Command Create(IAnsiConsole console)
    {
        var bars = CommonOptions.Bars();
        var symbol = CommonOptions.Symbol();
        var interval = CommonOptions.Interval();
        var gaps = CommonOptions.Gaps();
        var model = new Option<FileInfo>("--model") { Description = "An ONNX model with a card.", Required = true };
        var exogenous = new SeriesOptions();
        var command = new Command("evaluate", "Judges a model against 'the next close is this close', on bars after its training part.") { bars, symbol, interval, gaps, model };
        exogenous.AddTo(command);
        command.SetAction(async (arguments, cancellationToken) =>
        {
            var series = BarFiles.Read(
                arguments.GetValue(bars)!, arguments.GetValue(symbol)!, arguments.GetValue(interval), arguments.GetValue(gaps));
            console.WriteLine($"Read {series}");
            var path = arguments.GetValue(model)!.FullName;
            using var predictor = await SeriesOptions.LoadModelAsync(path, exogenous.Read(arguments), cancellationToken);
            var forecasts = predictor.PredictSeries(series);
            ReportTable.Write(console, ForecastReport.Evaluate(forecasts, predictor.Card), predictor.Card.Name);
            ForecastPages.Write(console, forecasts, predictor.Card, path);
            return 0;
        });
        return command;
    }
}
