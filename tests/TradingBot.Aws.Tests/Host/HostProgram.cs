using System.Diagnostics;
using TradingBot.Aws.Tests.S3;

namespace TradingBot.Aws.Tests.Host;

/// <summary>The published program as a person runs it at a console, with its verbs.</summary>
internal sealed class HostProgram(PublishedHost host, S3Service s3)
{
    /// <summary>Gets the variables with which it finds the S3 service.</summary>
    public Dictionary<string, string> Environment => new(StringComparer.Ordinal)
    {
        ["AWS_ENDPOINT_URL_S3"] = s3.Address?.ToString() ?? "",
        ["AWS_ACCESS_KEY_ID"] = S3Service.AccessKey,
        ["AWS_SECRET_ACCESS_KEY"] = S3Service.AccessKey,
        ["AWS_SESSION_TOKEN"] = "",
        ["AWS_REGION"] = "us-east-1",
    };

    /// <summary>Runs it and gives what it printed.</summary>
    public async Task<string> RunAsync(params string[] arguments)
    {
        var (code, output, errors) = await StartAsync(arguments);
        code.Should().Be(0, errors);
        return output.Trim();
    }

    /// <summary>Runs it and gives what it complained of.</summary>
    public async Task<string> FailAsync(params string[] arguments)
    {
        var (code, _, errors) = await StartAsync(arguments);
        code.Should().BePositive();
        return errors.Trim();
    }

    private async Task<(int Code, string Output, string Errors)> StartAsync(string[] arguments)
    {
        var start = new ProcessStartInfo(host.Bootstrap, arguments) { UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var (name, value) in Environment)
        {
            start.Environment[name] = value;
        }

        using var process = Process.Start(start)!;
        var (output, errors) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync();
        return (process.ExitCode, await output, await errors);
    }
}
