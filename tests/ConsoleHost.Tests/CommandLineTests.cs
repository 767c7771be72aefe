namespace ConsoleHost.Tests;

public sealed class CommandLineTests
{
    [Fact]
    public async Task RunAsync_Help_NamesEveryCommand()
    {
        var run = await CommandRun.RunAsync("--help");

        run.ExitCode.Should().Be(0);
        run.Error.Should().BeEmpty();
        foreach (var command in new[] { "demo", "fetch", "fit", "train", "evaluate", "backtest", "run" })
        {
            run.Output.Should().MatchRegex($@"(?m)^\s+{command}\s+\w");
        }
    }

    [Fact]
    public async Task RunAsync_UnknownCommand_SaysSo()
    {
        var run = await CommandRun.RunAsync("trian");

        run.ExitCode.Should().Be(CommandLine.Fault);
        run.Error.Should().Contain("'trian'");
    }

    [Fact]
    public async Task RunAsync_FileMissing_OneLineOfError()
    {
        using var folder = new TemporaryFolder();

        var run = await CommandRun.RunAsync("train", "--bars", folder.File("none.csv"), "--out", folder.File("model.onnx"));

        run.ExitCode.Should().Be(CommandLine.Fault);
        run.Error.Should().StartWith("error: ").And.Contain("none.csv").And.EndWith(Environment.NewLine);
        run.Error.Trim().Should().NotContain("\n");
        folder.Files.Should().BeEmpty();
    }
}
