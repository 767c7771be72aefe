using System.CommandLine;

namespace TradingBot.FakeLambda.Tests;

public sealed class FakeLambdaCommandTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("tradingbot-lambda-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task Invoke_NoProgram_SaysSo()
    {
        var (code, _, error) = await RunAsync("/nowhere/bootstrap", "--event", "{}");

        code.Should().Be(1);
        error.Should().Be("The function's program '/nowhere/bootstrap' does not exist.\n");
    }

    [UnixFact]
    public async Task Invoke_ProgramEnds_PrintsItsOutputTheErrorAndAReport()
    {
        var (bootstrap, file) = (await Script.WriteAsync(_folder, "echo $ONE $TWO; exit 7"), Path.Combine(_folder.FullName, "env"));
        await File.WriteAllTextAsync(file, "# a comment\n\nONE=from the file\nTWO=from the file too\n");

        var (code, output, _) = await RunAsync(bootstrap, "--event", "{}", "--env-file", file, "--env", "TWO=a=b");

        code.Should().Be(1);
        output.Should().MatchRegex("^from the file a=b\nERROR Runtime.ExitError: Runtime exited with exit status 7\nREPORT   init [0-9.]+ ms  duration 0.0 ms\n$");
    }

    [UnixFact]
    public async Task Invoke_FaultyVariable_SaysWhatIsExpected()
    {
        var (code, _, error) = await RunAsync("/bin/sh", "--event", "{}", "--env", "=x");

        code.Should().Be(1);
        error.Should().Be("Expected NAME=VALUE, found '=x'.\n");
    }

    private static async Task<(int Code, string Output, string Error)> RunAsync(params string[] arguments)
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        var code = await FakeLambdaCommand.Create().Parse(arguments).InvokeAsync(new InvocationConfiguration { Output = TextWriter.Synchronized(output), Error = error });
        return (code, output.ToString(), error.ToString());
    }
}
