using Spectre.Console;
using TradingBot.Market;
using TradingBot.Prediction;
using TradingBot.Prediction.Evaluation;
using TradingBot.Reporting;
using TradingBot.Training;

namespace ConsoleHost;

/// <summary>Writes what a model's forecasts look like as a page beside its file.</summary>
internal static class ForecastPages
{
    public static void Write(IAnsiConsole console, ForecastSeries forecasts, ModelCard card, string modelPath, IReadOnlyList<ForecastRound>? rounds = null)
    {
        var page = Path.ChangeExtension(modelPath, ".html");
        ForecastPage.Write(forecasts, page, new ForecastPageOptions { Title = $"Forecasts of {card.Name}", Model = card, Rounds = rounds ?? [] });
        console.WriteLine($"Page: {page}");
        if (rounds is { Count: > 0 })
        {
            var table = Path.ChangeExtension(modelPath, ".rounds.csv");
            ForecastPage.WriteRounds(rounds, table);
            console.WriteLine($"Rounds: {table}");
        }
    }

    /// <summary>Judges every round of a training on the bars after its training part, the one that was kept among them.</summary>
    public static IReadOnlyList<ForecastRound> RoundsOf(TrainedModel model, BarSeries bars, IReadOnlyList<ExogenousSeries> exogenous) =>
        model is { Network: { } network, Scaling: { } scaling }
            ? [.. network.Rounds.Select((round, i) => new ForecastRound
            {
                TrainingLosses = [.. model.History.Select(epoch => epoch.TrainingLosses[i])],
                ValidationLosses = [.. model.History.Where(epoch => epoch.ValidationLosses.Count > 0).Select(epoch => epoch.ValidationLosses[i])],
                KeptEpoch = round.Epoch,
                Report = Judge(network.ToOnnx(i, scaling, model.Card), bars, exogenous),
            })]
            : [];

    private static ForecastReport Judge(byte[] content, BarSeries bars, IReadOnlyList<ExogenousSeries> exogenous)
    {
        using var predictor = new OnnxPredictor(new ModelFile("round", content), new OnnxPredictorOptions { Exogenous = new FixedExogenousSource(exogenous) });
        return ForecastReport.Evaluate(predictor, bars);
    }
}
