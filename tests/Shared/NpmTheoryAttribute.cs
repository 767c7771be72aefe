namespace TradingBot.Tests.Shared;

/// <summary>A test with data that needs npm; without it, it is skipped.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class NpmTheoryAttribute : TheoryAttribute
{
    public NpmTheoryAttribute() => Skip = NpmFactAttribute.SkipReason;
}
