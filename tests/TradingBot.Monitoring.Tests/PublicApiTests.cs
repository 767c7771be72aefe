using System.Reflection;
using TradingBot.Tests.Shared;

namespace TradingBot.Monitoring.Tests;

public sealed class PublicApiTests
{
    private static readonly Assembly Monitoring = typeof(WebhookNotifier).Assembly;

    [Fact]
    public void Surface_OfTheMonitoring_IsTheApprovedOne() => PublicApiApproval.Verify(Monitoring, "TradingBot.Monitoring.Tests");

    [Fact]
    public void Types_OfTheMonitoring_LiveInTheFolderOfTheirNamespace() => SourceLayout.Misplaced(Monitoring, "TradingBot.Monitoring").Should().BeEmpty();
}
