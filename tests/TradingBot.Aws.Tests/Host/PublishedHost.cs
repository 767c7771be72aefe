using System.Runtime.InteropServices;
using TradingBot.Tests.Shared;

namespace TradingBot.Aws.Tests.Host;

/// <summary>The program of samples/LambdaHost, published once for all tests as the README says.</summary>
public sealed class PublishedHost : IAsyncLifetime
{
    /// <summary>The environment variable that names a program that is published already.</summary>
    public const string Variable = "TRADINGBOT_LAMBDA_BOOTSTRAP";

    private static readonly Lazy<Task<string>> Publishing = new(PublishAsync);

    /// <summary>Gets why the program cannot run here, or <see langword="null"/>.</summary>
    public static string? SkipReason { get; } = OperatingSystem.IsLinux() && RuntimeInformation.ProcessArchitecture == Architecture.X64
        ? null
        : "The program is published for linux-x64, and this is another system.";

    public string Bootstrap { get; private set; } = null!;

    public async Task InitializeAsync()
    {
        if (SkipReason is null)
        {
            Bootstrap = await Publishing.Value;
        }
    }

    public Task DisposeAsync() => Task.CompletedTask;

    private static async Task<string> PublishAsync()
    {
        if (Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } given)
        {
            return Path.GetFullPath(given);
        }

        var output = Repository.PathOf("artifacts", "lambda-tests");

        // The analyzers have seen the same code in the build of these tests.
        await DotNetCommand.RunAsync(Repository.Root, "publish", "samples/LambdaHost", "-c", "Release", "-o", output, "-p:RunAnalyzers=false");
        return Path.Combine(output, "bootstrap");
    }
}
