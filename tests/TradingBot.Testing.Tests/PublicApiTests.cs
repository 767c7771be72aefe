using TradingBot.Tests.Shared;

namespace TradingBot.Testing.Tests;

public sealed class PublicApiTests
{
    [Fact]
    public void Surface_OfTheTestingPackage_IsTheApprovedOne() =>
        PublicApiApproval.Verify(typeof(FakeExchange).Assembly, "TradingBot.Testing.Tests");
}
