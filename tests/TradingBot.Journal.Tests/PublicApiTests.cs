using System.Reflection;
using TradingBot.Tests.Shared;

namespace TradingBot.Journal.Tests;

public sealed class PublicApiTests
{
    private static readonly Assembly Journal = typeof(SqliteTradeJournal).Assembly;

    [Fact]
    public void Surface_OfTheJournal_IsTheApprovedOne() => PublicApiApproval.Verify(Journal, "TradingBot.Journal.Tests");

    [Fact]
    public void Types_OfTheJournal_LiveInTheFolderOfTheirNamespace() => SourceLayout.Misplaced(Journal, "TradingBot.Journal").Should().BeEmpty();
}
