using System.CommandLine;
using Spectre.Console;
using TradingBot.Backtesting;
using TradingBot.Market;
using TradingBot.Optimization.Parameters;
using TradingBot.Prediction;
using TradingBot.Reporting;
using TradingBot.Strategies;
using TradingBot.Testing;
using TradingBot.Trading;
using TradingBot.Training;
using TradingBot.Training.Data;
using TradingBot.Training.Networks;

namespace ConsoleHost.Commands;

/// <summary>Shows the whole way on a made-up market: train a Conv-LSTM, judge it, save it as ONNX, load it, backtest it on bars it has not seen.</summary>
internal static class DemoCommand
{
    private const int Bars = 3_000;
    private const int TrainingBars = 2_000;
    private const int Epochs = 15;

    public static Command Create(IAnsiConsole console)
    {
        var seed = new Option<int>("--seed") { Description = "The seed of the made-up market.", DefaultValueFactory = _ => 7 };
        var output = CommonOptions.Output(Path.Combine("artifacts", "demo"));
        var command = new Command("demo", "Trains a small Conv-LSTM on a synthetic market, judges it, backtests it, and prints the result. Needs no network and no keys.") { seed, output };
        command.SetAction((arguments, cancellationToken) =>
            RunAsync(console, arguments, arguments.GetValue(seed), arguments.GetValue(output)!, cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(IAnsiConsole console, ParseResult arguments, int seed, DirectoryInfo output, CancellationToken cancellationToken)
    {
        var bars = SyntheticMarket.Create(seed, Bars);
        console.Write(new Panel(
            $"SYNTHETIC MARKET, not real data: {Bars} daily bars made from seed {seed}, with\n"
            + "momentum built in so that there is something to find. A result here says\n"
            + "that the parts work, not that they earn.")
            .BorderColor(Color.Yellow));

        output.Create();
        BarCsv.Write(Path.Combine(output.FullName, "bars.csv"), bars);
        var recipe = new NetworkRecipe(
            new ConvLstm(), new DatasetOptions { Window = 4 }, new TrainingOptions { Epochs = Epochs, Rounds = 2, Patience = 5, Seed = seed });
        var (model, report) = TrainingProgress.Show(
            console,
            $"Training {recipe.Name}",
            Epochs,
            progress => ModelTraining.Train(recipe, bars, (double)TrainingBars / Bars, exogenous: null, progress, cancellationToken));
        var path = Path.Combine(output.FullName, $"{model.Card.Name}.onnx");
        await model.SaveAsync(path, cancellationToken);
        console.WriteLine($"Trained {model.Card.Name} on the first {TrainingBars} bars; model: {path}");
        ReportTable.Write(console, report, "Forecasts of the bars after those");

        using var predictor = await OnnxPredictor.LoadAsync(new FileModelLoader(path), cancellationToken: cancellationToken);
        var backtester = new Backtester(new BacktestOptions
        {
            Trade = new TradeSettings { SymbolInfo = SampleSymbols.For(bars.Symbol), PositionFraction = 0.5m },
        });
        var unseen = bars[TrainingBars..];
        var strategy = new ThresholdStrategyOptions { Threshold = 0.005 };
        var result = backtester.Run(unseen, predictor, new ThresholdStrategy(strategy));

        var title = $"SYNTHETIC market, {unseen.Count} bars that the model has not seen";
        ResultTable.Write(console, result, title);
        ResultFiles.Write(console, result, output, new BacktestReportOptions
        {
            Title = title,
            Settings = RunFacts.Of(arguments, StrategyNames.Find(StrategyNames.Default), new ParameterSet([KeyValuePair.Create(nameof(strategy.Threshold), new ParameterValue(strategy.Threshold))])),
        });
        return 0;
    }
}
