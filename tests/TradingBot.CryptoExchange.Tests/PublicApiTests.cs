using TradingBot.Tests.Shared;

namespace TradingBot.CryptoExchange.Tests;

public sealed class PublicApiTests
{
    [Fact]
    public void Surface_OfTheAdapterPackage_IsTheApprovedOne() =>
        PublicApiApproval.Verify(typeof(SharedExchangeOptions).Assembly, "TradingBot.CryptoExchange.Tests");

    [Fact]
    public void Surface_OfTheAdapterPackage_NamesTheLibrariesOnlyWhereTheyAreRegistered() =>
        PublicApiRenderer.Render(typeof(SharedExchangeOptions).Assembly)
            .Where(line => line.Contains("Binance.Net", StringComparison.Ordinal) || line.Contains("CryptoExchange.Net", StringComparison.Ordinal) || line.Contains("ISharedClient", StringComparison.Ordinal) || line.Contains("BinanceRestOptions", StringComparison.Ordinal))
            .Should().OnlyContain(line => line.Contains("TradingBotBuilderExtensions.", StringComparison.Ordinal) && line.Contains("Use", StringComparison.Ordinal)).And.HaveCount(2);

    [Fact]
    public void Types_OfTheAdapterPackage_StandWhereTheirNamesSay() =>
        SourceLayout.Misplaced(typeof(SharedExchangeOptions).Assembly, "TradingBot.CryptoExchange").Should().BeEmpty();
}
