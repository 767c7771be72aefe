using System.Reflection;
using TradingBot.Tests.Shared;

namespace TradingBot.Reporting.Tests;

public sealed class PublicApiTests
{
    private static readonly Assembly Reporting = typeof(BacktestReport).Assembly;

    [Fact]
    public void Surface_OfReporting_IsTheApprovedOne() => PublicApiApproval.Verify(Reporting, "TradingBot.Reporting.Tests");

    [Fact]
    public void Types_OfReporting_LiveInTheFolderOfTheirNamespace() => SourceLayout.Misplaced(Reporting, "TradingBot.Reporting").Should().BeEmpty();
}
