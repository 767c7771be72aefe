namespace TradingBot.Core.Tests;

/// <summary>A test that reads real bars; skipped with a reason where there are none.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class SharedDataFactAttribute : FactAttribute
{
    public SharedDataFactAttribute() => Skip = SharedData.SkipReason;
}
