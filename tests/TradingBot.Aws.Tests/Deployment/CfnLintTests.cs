using System.Diagnostics;
using TradingBot.Tests.Shared;

namespace TradingBot.Aws.Tests.Deployment;

/// <summary>The templates against cfn-lint, where it is installed; it is a Python program, and knows more than any of npm.</summary>
public sealed class CfnLintTests
{
    [CfnLintTheory]
    [InlineData("template.yaml")]
    [InlineData("deploy-role.yaml")]
    public async Task Template_AsItIs_HasNoFindings(string name)
    {
        // W3002: paths of this machine, which the deployment uploads first.
        using var process = Process.Start(new ProcessStartInfo("cfn-lint", ["--ignore-checks", "W3002", "--", Repository.PathOf("samples", "LambdaHost", name)])
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        var (output, errors) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync();

        (await output + await errors).Should().BeEmpty();
        process.ExitCode.Should().Be(0);
    }
}
