namespace ConsoleHost.Tests;

public sealed class EvaluateCommandTests : IDisposable
{
    private readonly MarketFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Evaluate_TheBarsOfTheTraining_GivesTheVerdictOfTheTraining()
    {
        var bars = _folder.WriteBars();
        var trained = await CommandRun.RunAsync("train", "--bars", bars, "--out", _folder["model.onnx"], "--model", "cnn", "--epochs", "2", "--rounds", "1");
        File.Delete(_folder["model.html"]);

        var evaluated = await CommandRun.RunAsync("evaluate", "--bars", bars, "--model", _folder["model.onnx"]);

        evaluated.ExitCode.Should().Be(0);
        FiguresOf(evaluated).Should().HaveCountGreaterThan(9).And.Equal(FiguresOf(trained));
        evaluated.Output.Should().Contain($"Page: {_folder["model.html"]}");
        File.Exists(_folder["model.html"]).Should().BeTrue();
    }

    [Fact]
    public async Task Evaluate_BarsOfTheTrainingPartAlone_SaysThatNothingIsLeftToJudge()
    {
        var bars = _folder.WriteBars();
        await CommandRun.RunAsync("train", "--bars", bars, "--out", _folder["model.onnx"], "--model", "mlp", "--epochs", "1", "--rounds", "1");

        var run = await CommandRun.RunAsync("evaluate", "--bars", _folder.WriteBars(200), "--model", _folder["model.onnx"]);

        run.ExitCode.Should().Be(CommandLine.Fault);
        run.Error.Should().StartWith("error: Expected at least one forecast");
    }

    [Fact]
    public async Task Evaluate_FileThatIsNoModel_SaysSo()
    {
        await File.WriteAllTextAsync(_folder["model.onnx"], "no model");

        var run = await CommandRun.RunAsync("evaluate", "--bars", _folder.WriteBars(), "--model", _folder["model.onnx"]);

        run.ExitCode.Should().Be(CommandLine.Fault);
        run.Error.Should().StartWith("error: ").And.Contain("model.onnx");
    }

    // The rows of the table: its borders are not of letters or digits.
    private static string[] FiguresOf(CommandRun run) =>
        [.. run.Output.Split('\n').Where(line => line.StartsWith('│')).Select(line => line.Trim()).Where(line => line.Any(char.IsLetterOrDigit))];
}
