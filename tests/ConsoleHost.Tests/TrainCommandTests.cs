using TradingBot.Prediction;

namespace ConsoleHost.Tests;

public sealed class TrainCommandTests : IDisposable
{
    private static readonly string[] Short = ["--model", "mlp", "--epochs", "3", "--rounds", "2"];
    private readonly MarketFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Train_Bars_WritesTheJudgedModelItsPageAndItsRounds()
    {
        var run = await TrainAsync(_folder.WriteBars(), Short);

        run.Should().Match<CommandRun>(one => one.ExitCode == 0 && one.Error.Length == 0);
        run.Output.Should().Contain("2 round(s) of 581 parameters; kept round ").And.Contain("mlp on bars that it has not seen").And.Contain($"Model: {_folder["model.onnx"]}");
        _folder.Files.Should().Equal("bars.csv", "model.html", "model.onnx", "model.rounds.csv");
        using var predictor = Load();
        predictor.Card.Should().Match<ModelCard>(card => card.Name == "mlp" && card.Window == 7 && card.Horizon == 1 && card.TrainedTo == _folder.Bars.OpenTimeAt(210));
        predictor.Card.Skill!.Samples.Should().Be(90);
        File.ReadAllLines(_folder["model.rounds.csv"]).Select(line => line.Split(',')[0]).Should().Equal("round", "1", "2", "mean", "lower_95", "upper_95");
        File.ReadAllText(_folder["model.html"]).Should().Contain("Loss by epoch").And.Contain("Errors: forecast less close");
    }

    [Fact]
    public async Task Train_Progress_TellsEpochLossesAndTimeLeft()
    {
        var run = await TrainAsync(_folder.WriteBars(), Short);

        var lines = run.Output.Split('\n').Where(line => line.StartsWith("epoch ", StringComparison.Ordinal)).ToArray();
        lines.Should().HaveCount(3);
        for (var i = 0; i < lines.Length; i++)
        {
            lines[i].Trim().Should().MatchRegex($@"^epoch {i + 1} of 3, loss \d\.\d{{4}}, validation \d\.\d{{4}}, at most \d:\d\d:\d\d left$");
        }

        lines[2].Should().EndWith("at most 0:00:00 left");
    }

    [Fact]
    public async Task Train_LongTraining_TellsOneEpochInTen()
    {
        var run = await TrainAsync(_folder.WriteBars(60), "--model", "mlp", "--epochs", "35", "--rounds", "1");

        run.Output.Split('\n').Count(line => line.StartsWith("epoch ", StringComparison.Ordinal)).Should().BeInRange(3, 12);
    }

    [Fact]
    public async Task Train_SameSeed_GivesTheSameFile()
    {
        var bars = _folder.WriteBars();
        await TrainAsync(bars, Short);
        var first = await File.ReadAllBytesAsync(_folder["model.onnx"]);

        await TrainAsync(bars, Short);
        var second = await File.ReadAllBytesAsync(_folder["model.onnx"]);
        await TrainAsync(bars, [.. Short, "--seed", "2"]);
        var other = await File.ReadAllBytesAsync(_folder["model.onnx"]);

        second.Should().Equal(first);
        other.Should().NotEqual(first);
    }

    [Fact]
    public async Task Train_Arima_WritesAFileWithoutRounds()
    {
        var run = await TrainAsync(_folder.WriteBars(), "--model", "arima", "--horizon", "2");

        run.ExitCode.Should().Be(0);
        _folder.Files.Should().Equal("bars.csv", "model.html", "model.onnx");
        using var predictor = Load();
        predictor.Card.Should().Match<ModelCard>(card => card.Name == "arima-6-1-6" && card.Horizon == 2);
    }

    [Fact]
    public async Task Train_Canceled_EndsWithoutAFileAndLeavesTheOldOne()
    {
        var bars = _folder.WriteBars();
        await File.WriteAllTextAsync(_folder["model.onnx"], "old");
        using var source = new CancellationTokenSource();

        var run = await CommandRun.RunAsync(
            text => Cancel(source, text), source.Token, "train", "--bars", bars, "--out", _folder["model.onnx"], "--model", "mlp", "--rounds", "2", "--epochs", "100000");

        run.ExitCode.Should().Be(CommandLine.Canceled);
        run.Output.Should().Contain("Canceled.").And.Contain("epoch 1 of 100000").And.NotContain("Model:");
        _folder.Files.Should().Equal("bars.csv", "model.onnx");
        (await File.ReadAllTextAsync(_folder["model.onnx"])).Should().Be("old");

        static void Cancel(CancellationTokenSource source, string text)
        {
            if (text.Contains("epoch 1 ", StringComparison.Ordinal))
            {
                source.Cancel();
            }
        }
    }

    [Theory]
    [InlineData("", "one bar alone does not tell its interval", "100")]
    [InlineData("--interval 1d", "1 bars are too few to be cut into 70 % for training", "100")]
    [InlineData("", "A window of 7 bars and 1 close(s) after it need 8 bars in a row; ", "100", "101", "99", "100", "102")]
    [InlineData("", "line 4: ", "100", "101", "NaN", "100")]
    [InlineData("", "The log return of Close is 0 throughout the training part", "100", "*200")]
    [InlineData("--window 500", "A window of 501 bars and 1 close(s) after it need 502 bars in a row; ")]
    [InlineData("--features Close,Sentiment", "Expected features of the bars, Open, High, Low, Close, Volume, or the name of a --series, found 'Sentiment'.")]
    [InlineData("--features Volume", "Expected target LogReturn with Close among the features")]
    [InlineData("--model lstmm", "Expected --model conv-lstm, lstm, bd-lstm, ed-lstm, cnn, transformer, mlp, arima, found 'lstmm'.")]
    [InlineData("--target direction", "Expected --target log-return or price, found 'direction'.")]
    [InlineData("--train 1", "Expected a training part above 0 and a validation part of 0 or more, together below 1, found 1 and 0.")]
    [InlineData("--rounds 0", "Rounds ('0') must be greater than or equal to '1'.")]
    [InlineData("--series gold", "--series must be a name and a file such as gold=gold.csv, found 'gold'.")]
    public async Task Train_SomethingWrong_SaysItInOneLineAndWritesNothing(string options, string message, params string[] closes)
    {
        var bars = closes.Length == 0 ? _folder.WriteBars() : _folder.WriteCloses(closes.SelectMany(Repeated));

        var run = await TrainAsync(bars, options.Split(' ', StringSplitOptions.RemoveEmptyEntries));

        run.ExitCode.Should().Be(CommandLine.Fault);
        run.Error.Should().StartWith("error: ").And.Contain(message);
        run.Error.Trim().Should().NotContain("\n").And.NotContain("Parameter");
        _folder.Files.Should().Equal("bars.csv");

        // "*200" repeats the close before it.
        static IEnumerable<string> Repeated(string close) => close.StartsWith('*') ? Enumerable.Repeat("100", 200) : [close];
    }

    private Task<CommandRun> TrainAsync(string bars, params string[] options) =>
        CommandRun.RunAsync(["train", "--bars", bars, "--out", _folder["model.onnx"], .. options]);

    private OnnxPredictor Load() => new(new ModelFile("model.onnx", File.ReadAllBytes(_folder["model.onnx"])));
}
