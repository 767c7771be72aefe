using System.Reflection;
using TradingBot.Tests.Shared;

namespace TradingBot.Optimization.Tests;

public sealed class PublicApiTests
{
    private static readonly Assembly Optimization = typeof(Sweep).Assembly;

    [Fact]
    public void Surface_OfOptimization_IsTheApprovedOne() => PublicApiApproval.Verify(Optimization, "TradingBot.Optimization.Tests");

    [Fact]
    public void Types_OfOptimization_LiveInTheFolderOfTheirNamespace() => SourceLayout.Misplaced(Optimization, "TradingBot.Optimization").Should().BeEmpty();
}
