namespace TradingBot.FakeLambda.Tests;

/// <summary>A test that needs a shell; on Windows it is skipped.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class UnixFactAttribute : FactAttribute
{
    public UnixFactAttribute() => Skip = OperatingSystem.IsWindows() ? "The program of this test is a shell script, which Windows cannot start." : null;
}
