using System.Reflection;
using TradingBot.Aws.Lambda;
using TradingBot.Tests.Shared;

namespace TradingBot.Aws.Tests;

public sealed class PublicApiTests
{
    private static readonly Assembly Aws = typeof(LambdaRuntime).Assembly;

    [Fact]
    public void Surface_OfAws_IsTheApprovedOne() => PublicApiApproval.Verify(Aws, "TradingBot.Aws.Tests");

    [Fact]
    public void Types_OfAws_LiveInTheFolderOfTheirNamespace() => SourceLayout.Misplaced(Aws, "TradingBot.Aws").Should().BeEmpty();
}
