using System.CommandLine;
using System.Globalization;
using MathNet.Numerics.Distributions;
using MathNet.Numerics.Statistics;
using Spectre.Console;
using TradingBot.Market;
using TradingBot.Prediction;
using TradingBot.Prediction.Evaluation;
using TradingBot.Training;
using TradingBot.Training.Data;
using TradingBot.Training.Evaluation;
using TradingBot.Training.Models;
using TradingBot.Training.Networks;
using TradingBot.Training.Onnx;

namespace TradingBot.Benchmarks;

/// <summary>The paper's table for Bitcoin, and beside it what its models are worth by honest measures.</summary>
internal static class ProtocolBenchmark
{
    private static readonly PaperProtocol Protocol = new();

    public static Command Create()
    {
        var data = PaperModels.Data();
        var rounds = new Option<int>("--rounds") { Description = "How many networks to train per model.", DefaultValueFactory = _ => 30 };
        var epochs = new Option<int>("--epochs") { Description = "How many passes over the training part.", DefaultValueFactory = _ => 100 };
        var models = new Option<string>("--models") { Description = "The networks to train, with commas; all by default.", DefaultValueFactory = _ => string.Join(',', PaperModels.Networks.Select(one => one.Network.Name)) };
        var command = new Command("protocol", "Runs the paper's protocol and an honest one on the same bars: closes only, window 6, 5 steps, the first 70 % to train on.") { data, rounds, epochs, models };
        command.SetAction(arguments => Run(
            arguments.GetValue(data)!, arguments.GetValue(models)!.Split(','), new TrainingOptions { Rounds = arguments.GetValue(rounds), Epochs = arguments.GetValue(epochs) }));
        return command;
    }

    private static void Run(DirectoryInfo data, string[] models, TrainingOptions training)
    {
        var bars = PaperModels.Read(data);
        var published = PublishedTable.Read(Path.Combine(data.FullName, "paper-bitcoin-univariate-rmse.csv"));
        var closes = bars.Closes.ToArray();
        var persistence = Protocol.ScorePersistence(closes);
        var theirs = NewTable("The paper's protocol: scaler fitted on all rows, forecasts and closes rescaled apart", "Ours", "Published", "Last close");
        var honest = NewTable("Honest: scaler fitted on training rows, target log return, one scale", "Min-max RMSE", "Last close", "Theil's U", "Verdict of the kept round");
        foreach (var (network, column, _) in PaperModels.Networks.Where(one => models.Contains(one.Network.Name)))
        {
            AddPaperRows(theirs, network.Name, PaperScores(network, bars, training with { ValidationPart = 0 }), published, column, persistence);
            AddHonestRows(honest, network, bars, training, persistence);
        }

        AddArimaRows(theirs, honest, bars, published, persistence);
        var console = AnsiConsole.Console;
        console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{bars}; {training.Rounds} round(s) of at most {training.Epochs} epochs, seed {training.Seed}; mean and 95 % interval of the mean over rounds"));
        console.Write(theirs);
        console.Write(honest);
    }

    /// <summary>One list of scores per round, by the choices of the paper.</summary>
    private static List<IReadOnlyList<PaperScore>> PaperScores(NetworkArchitecture network, BarSeries bars, TrainingOptions training)
    {
        var options = new DatasetOptions
        {
            Window = Protocol.Window,
            Steps = Protocol.Steps,
            Target = TargetKind.Price,
            Scaling = InputScaling.MinMax,
        };
        var dataset = Dataset.Create(bars, options);
        var seen = new BarRange(0, Protocol.TrainRows(bars.Count));
        var scaling = dataset.FitScaling(new BarRange(0, bars.Count));
        var trained = Trainer.Train(network, dataset.ToTrainingData(dataset.Samples(seen), scaling), training);
        return Scores(trained, scaling, dataset.CreateCard(network.Name, seen), bars);
    }

    private static List<IReadOnlyList<PaperScore>> Scores(TrainedNetwork trained, GraphScaling scaling, ModelCard card, BarSeries bars) =>
        [.. Enumerable.Range(0, trained.Rounds.Count).Select(round => Score(trained.ToOnnx(round, scaling, card), card, bars))];

    private static IReadOnlyList<PaperScore> Score(byte[] model, ModelCard card, BarSeries bars)
    {
        var steps = Forecasts(model, card, bars);
        var start = bars.Count - steps[0].Bars.Count;
        return Protocol.Score(bars.Closes.ToArray(), bar => [.. steps.Select(step => step.Prices[bar - start])]);
    }

    /// <summary>The forecasts of each step, from the first window of the test part on; before it, networks that learned prices can forecast ones below 0.</summary>
    private static ForecastSeries[] Forecasts(byte[] model, ModelCard card, BarSeries bars)
    {
        var unseen = bars[Math.Max(0, Protocol.TestWindowEnds(bars.Count)[0] + 1 - card.Window)..];
        return [.. Enumerable.Range(1, Protocol.Steps).Select(step =>
        {
            using var predictor = new OnnxPredictor(new ModelFile(card.Name, OnnxModelFile.WriteCard(model, card with { Horizon = step })));
            return predictor.PredictSeries(unseen);
        })];
    }

    private static void AddHonestRows(Table table, NetworkArchitecture network, BarSeries bars, TrainingOptions training, IReadOnlyList<PaperScore> persistence)
    {
        var seen = Protocol.TrainRows(bars.Count);
        var recipe = new NetworkRecipe(network, new DatasetOptions { Window = Protocol.Window, Steps = Protocol.Steps }, training);
        var model = recipe.Train(bars[..seen]);
        var scores = Scores(model.Network!, model.Scaling!, model.Card, bars);
        var kept = Forecasts(model.Content.ToArray(), model.Card, bars);
        AddHonestRows(table, network.Name, scores, [.. kept.Select(step => ForecastReport.Evaluate(step, model.Card))], persistence);
    }

    private static void AddArimaRows(Table theirs, Table honest, BarSeries bars, PublishedTable published, IReadOnlyList<PaperScore> persistence)
    {
        var model = new ArimaRecipe(new ArimaOrder(6, 1, 6), Protocol.Steps).Train(bars[..Protocol.TrainRows(bars.Count)]);
        List<IReadOnlyList<PaperScore>> scores = [Score(model.Content.ToArray(), model.Card, bars)];
        AddPaperRows(theirs, model.Card.Name, scores, published, "ARIMA", persistence);
        AddHonestRows(honest, model.Card.Name, scores, [.. Forecasts(model.Content.ToArray(), model.Card, bars).Select(step => ForecastReport.Evaluate(step, model.Card))], persistence);
    }

    private static void AddPaperRows(
        Table table, string name, List<IReadOnlyList<PaperScore>> rounds, PublishedTable published, string column, IReadOnlyList<PaperScore> persistence)
    {
        for (var step = 0; step < Protocol.Steps; step++)
        {
            var (lower, upper) = published[column, step];
            table.AddRow(
                name,
                Text(step + 1, "0"),
                Interval([.. rounds.Select(round => round[step].SeparateScales).OfType<double>()]),
                $"{Text((lower + upper) / 2, "0.0000")} [{Text(lower, "0.0000")}, {Text(upper, "0.0000")}]".EscapeMarkup(),
                Text(persistence[step].SeparateScales!.Value, "0.0000"));
        }
    }

    private static void AddHonestRows(Table table, string name, List<IReadOnlyList<PaperScore>> rounds, ForecastReport[] reports, IReadOnlyList<PaperScore> persistence)
    {
        for (var step = 0; step < Protocol.Steps; step++)
        {
            table.AddRow(
                name,
                Text(step + 1, "0"),
                Interval([.. rounds.Select(round => round[step].OneScale).OfType<double>()]),
                Text(persistence[step].OneScale!.Value, "0.0000"),
                reports[step].TheilU is { } u ? Text(u, "0.000") : "-",
                reports[step].Verdict.ToString());
        }
    }

    private static Table NewTable(string title, params string[] columns)
    {
        var table = new Table().Title(title).Border(TableBorder.Rounded).AddColumn("Model").AddColumn("Step");
        return table.AddColumns([.. columns.Select(column => new TableColumn(column).RightAligned())]);
    }

    /// <summary>The mean over rounds and its 95 % interval by Student's t.</summary>
    private static string Interval(double[] values)
    {
        var mean = values.Mean();
        if (values.Length < 2)
        {
            return Text(mean, "0.0000");
        }

        var half = StudentT.InvCDF(0, 1, values.Length - 1, 0.975) * values.StandardDeviation() / Math.Sqrt(values.Length);
        return $"{Text(mean, "0.0000")} [{Text(mean - half, "0.0000")}, {Text(mean + half, "0.0000")}]".EscapeMarkup();
    }

    private static string Text(double value, string format) => value.ToString(format, CultureInfo.InvariantCulture);
}
