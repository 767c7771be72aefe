namespace TradingBot.FakeLambda.Tests;

/// <summary>Programs that are no functions. What a function does under the service is tested with the published host.</summary>
public sealed class FakeLambdaFunctionTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("tradingbot-lambda-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task CreateAsync_NoProgram_SaysWhich() =>
        await FluentActions.Invoking(() => FakeLambdaFunction.CreateAsync(new FakeLambdaFunctionOptions { Bootstrap = "/nowhere/bootstrap" }))
            .Should().ThrowAsync<FileNotFoundException>().WithMessage("The function's program '/nowhere/bootstrap' does not exist.");

    [UnixFact]
    public async Task InvokeAsync_ProgramEnds_IsAnErrorAndItsOutputIsShown()
    {
        var lines = new List<string>();
        await using var function = await CreateAsync("echo started in $LAMBDA_TASK_ROOT with $NAME; exit 3", new(StringComparer.Ordinal) { ["NAME"] = "a value" }, lines.Add);

        var reply = await function.InvokeAsync("{}");

        reply.Payload.Should().BeNull();
        reply.Error!.ToString().Should().Be("Runtime.ExitError: Runtime exited with exit status 3");
        reply.InitDuration.Should().BePositive();
        lines.Should().Equal($"started in {_folder.FullName} with a value");
        function.ProcessId.Should().BeNull();
    }

    [UnixFact]
    public async Task InvokeAsync_ProgramNeverAsks_IsEndedAfterTheTimeForStarting()
    {
        await using var function = await CreateAsync("exec sleep 60", initTimeout: TimeSpan.FromMilliseconds(300));

        var reply = await function.InvokeAsync("{}");

        reply.Error!.ToString().Should().Be("Sandbox.Timedout: Initialization took longer than 0.30 seconds");
        function.ProcessId.Should().BeNull();
    }

    [UnixFact]
    public async Task StopAsync_NothingRuns_IsNull()
    {
        await using var function = await CreateAsync("exit 0");

        (await function.StopAsync()).Should().BeNull();
    }

    [Fact]
    public void Options_OutsideTheirRange_AreRefused()
    {
        FluentActions.Invoking(() => new FakeLambdaFunctionOptions { Bootstrap = "x", Timeout = TimeSpan.Zero }).Should().Throw<ArgumentOutOfRangeException>();
        FluentActions.Invoking(() => new FakeLambdaFunctionOptions { Bootstrap = "x", InitTimeout = TimeSpan.FromSeconds(-1) }).Should().Throw<ArgumentOutOfRangeException>();
        FluentActions.Invoking(() => new FakeLambdaOptions { MaxAnswerBytes = 0 }).Should().Throw<ArgumentOutOfRangeException>();
    }

    private async Task<FakeLambdaFunction> CreateAsync(
        string script, Dictionary<string, string>? environment = null, Action<string>? output = null, TimeSpan? initTimeout = null)
    {
        return await FakeLambdaFunction.CreateAsync(new FakeLambdaFunctionOptions
        {
            Bootstrap = await Script.WriteAsync(_folder, script),
            Environment = environment ?? new(StringComparer.Ordinal),
            Output = output,
            InitTimeout = initTimeout ?? TimeSpan.FromSeconds(10),
        });
    }
}
