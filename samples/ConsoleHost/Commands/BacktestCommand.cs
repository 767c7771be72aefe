using System.CommandLine;
using Spectre.Console;
using TradingBot.Backtesting;
using TradingBot.Prediction;
using TradingBot.Strategies;
using TradingBot.Testing;
using TradingBot.Trading;
using TradingBot.Training.Models;

namespace ConsoleHost.Commands;

/// <summary>Backtests a model on a file of bars; without a model, one is fitted on the first part and tested on the rest.</summary>
internal static class BacktestCommand
{
    private const double TrainingShare = 0.7;
    private const int Order = 5;

    public static Command Create(IAnsiConsole console)
    {
        var bars = CommonOptions.Bars();
        var symbol = CommonOptions.Symbol();
        var interval = CommonOptions.Interval();
        var gaps = CommonOptions.Gaps();
        var model = new Option<FileInfo?>("--model") { Description = "An ONNX model with a card. Left out, an autoregressive one is fitted on the first 70 % of the bars and tested on the rest." };
        var threshold = CommonOptions.Threshold();
        var stopLoss = new Option<double?>("--stop-loss") { Description = "The loss at which a position is closed, as a share of its entry price." };
        var fraction = new Option<decimal>("--fraction") { Description = "The share of the equity behind one position.", DefaultValueFactory = _ => 0.1m };
        var leverage = new Option<int>("--leverage") { Description = "The notional per margin.", DefaultValueFactory = _ => 1 };
        var takerFee = new Option<decimal>("--taker-fee") { Description = "The fee of orders that fill at once, as a share of the notional.", DefaultValueFactory = _ => 0.0005m };
        var below = new Option<bool>("--allow-threshold-below-costs") { Description = "Runs even when the threshold cannot pay its own costs." };
        var output = CommonOptions.Output(Path.Combine("artifacts", "backtest"));
        var command = new Command("backtest", "Backtests the threshold strategy on a file of bars.")
        {
            bars, symbol, interval, gaps, model, threshold, stopLoss, fraction, leverage, takerFee, below, output,
        };
        command.SetAction(async (arguments, cancellationToken) =>
        {
            var series = BarFiles.Read(
                arguments.GetValue(bars)!, arguments.GetValue(symbol)!, arguments.GetValue(interval), arguments.GetValue(gaps));
            console.WriteLine($"Read {series}");
            var folder = arguments.GetValue(output)!;
            folder.Create();
            var path = arguments.GetValue(model)?.FullName;
            if (path is null)
            {
                var split = (int)(series.Count * TrainingShare);
                var fitted = AutoregressiveModel.Fit(series[..split], Order);
                path = Path.Combine(folder.FullName, $"{fitted.Card.Name}.onnx");
                await fitted.SaveAsync(path, cancellationToken);
                console.WriteLine($"Fitted {fitted.Card.Name} on the first {split} bars; model: {path}");
                series = series[split..];
            }

            using var predictor = await OnnxPredictor.LoadAsync(new FileModelLoader(path), cancellationToken: cancellationToken);
            var backtester = new Backtester(new BacktestOptions
            {
                Trade = new TradeSettings
                {
                    SymbolInfo = SampleSymbols.For(series.Symbol),
                    PositionFraction = arguments.GetValue(fraction),
                    Leverage = arguments.GetValue(leverage),
                },
                TakerFee = arguments.GetValue(takerFee),
                AllowThresholdBelowCosts = arguments.GetValue(below),
            });
            var strategy = new ThresholdStrategyOptions
            {
                Threshold = arguments.GetValue(threshold),
                StopLoss = arguments.GetValue(stopLoss),
            };
            var result = backtester.Run(series, predictor, new ThresholdStrategy(strategy));
            var title = $"{predictor.Card.Name} on {series}";
            ResultTable.Write(console, result, title);
            ResultTable.WriteFiles(console, result, strategy, title, folder);
            return 0;
        });
        return command;
    }
}
