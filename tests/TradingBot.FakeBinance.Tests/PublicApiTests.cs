using TradingBot.Tests.Shared;

namespace TradingBot.FakeBinance.Tests;

public sealed class PublicApiTests
{
    [Fact]
    public void Surface_OfTheFakeBinancePackage_IsTheApprovedOne() =>
        PublicApiApproval.Verify(typeof(FakeBinanceServer).Assembly, "TradingBot.FakeBinance.Tests");
}
