namespace TradingBot.Aws.Tests.Deployment;

/// <summary>A test with data that needs cfn-lint; without it, it is skipped.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class CfnLintTheoryAttribute : TheoryAttribute
{
    public CfnLintTheoryAttribute()
    {
        if (!(Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator).Any(folder => File.Exists(Path.Combine(folder, "cfn-lint"))))
        {
            Skip = "cfn-lint is not on the PATH; install it with pip to run this test. The templates are checked against the specification of AWS in any case.";
        }
    }
}
