namespace TradingBot.Tests.Shared;

/// <summary>A test that needs npm; without it, it is skipped.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class NpmFactAttribute : FactAttribute
{
    public NpmFactAttribute() => Skip = SkipReason;

    internal static string? SkipReason { get; } = NodePackage.IsNpmInstalled
        ? null
        : "npm or node is not on the PATH, so what this test drives cannot be installed; install Node.js with npm to run it.";
}
