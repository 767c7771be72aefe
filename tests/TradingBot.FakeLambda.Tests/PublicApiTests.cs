using System.Reflection;
using TradingBot.Tests.Shared;

namespace TradingBot.FakeLambda.Tests;

public sealed class PublicApiTests
{
    private static readonly Assembly FakeLambda = typeof(FakeLambdaServer).Assembly;

    [Fact]
    public void Surface_OfFakeLambda_IsTheApprovedOne() => PublicApiApproval.Verify(FakeLambda, "TradingBot.FakeLambda.Tests");

    [Fact]
    public void Types_OfFakeLambda_LiveInTheFolderOfTheirNamespace() => SourceLayout.Misplaced(FakeLambda, "TradingBot.FakeLambda").Should().BeEmpty();
}
