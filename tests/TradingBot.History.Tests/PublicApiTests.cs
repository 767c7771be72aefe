using System.Reflection;
using TradingBot.Tests.Shared;

namespace TradingBot.History.Tests;

public sealed class PublicApiTests
{
    private static readonly Assembly History = typeof(BarStore).Assembly;

    [Fact]
    public void Surface_OfTheHistory_IsTheApprovedOne() => PublicApiApproval.Verify(History, "TradingBot.History.Tests");

    [Fact]
    public void Types_OfTheHistory_LiveInTheFolderOfTheirNamespace() => SourceLayout.Misplaced(History, "TradingBot.History").Should().BeEmpty();
}
