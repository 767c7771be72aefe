namespace TradingBot.Aws.Tests.Host;

/// <summary>A test of the published program; elsewhere than on its system, it is skipped.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class HostFactAttribute : FactAttribute
{
    public HostFactAttribute() => Skip = PublishedHost.SkipReason;
}
