using Binance.Net.Clients;
using CryptoExchange.Net.Objects;
using CryptoExchange.Net.SharedApis;
using TradingBot.Market;
using TradingBot.Trading;
using TradingMode = CryptoExchange.Net.SharedApis.TradingMode;

namespace TradingBot.CryptoExchange.Tests;

/// <summary>What an exchange lacks is said at start.</summary>
public sealed class ExchangeCapabilitiesTests
{
    private const string Start = "The client of Imagined cannot serve this bot. ";

    public static TheoryData<Type> TradingParts() =>
        [typeof(IFuturesOrderRestClient), typeof(IFuturesOrderClientIdRestClient), typeof(IBalanceRestClient), typeof(IPositionModeRestClient)];

    [Fact]
    public void Missing_NothingTakenAway_IsNothing() => Missing(new SharedClientBuilder()).Should().BeEmpty();

    [Theory]
    [InlineData(typeof(IKlineRestClient))]
    [InlineData(typeof(IFuturesSymbolRestClient))]
    [InlineData(typeof(IFuturesTickerRestClient))]
    public void Missing_MarketDataTakenAway_IsNamedForPaperToo(Type part)
    {
        Missing(new SharedClientBuilder().Without(part), trades: false).Should().Equal($"{Start}It lacks {part.Name}.");
        Missing(new SharedClientBuilder().Without(part)).Should().Equal($"{Start}It lacks {part.Name}.");
    }

    [Theory]
    [MemberData(nameof(TradingParts))]
    public void Missing_TradingTakenAway_IsNamedOnlyWhereOrdersGoThere(Type part)
    {
        Missing(new SharedClientBuilder().Without(part), trades: false).Should().BeEmpty();
        Missing(new SharedClientBuilder().Without(part)).Should().Equal($"{Start}It lacks {part.Name}.");
    }

    [Fact]
    public void Missing_EndpointSwitchedOff_IsNamed()
    {
        var builder = new SharedClientBuilder();
        builder.Place.Supported = false;

        Missing(builder).Should().Equal($"{Start}It lacks PlaceFuturesOrderAsync of IFuturesOrderRestClient.");
    }

    [Fact]
    public void Missing_ParameterThatOnlyTheExchangeKnows_SaysHowToSetIt()
    {
        var builder = new SharedClientBuilder();
        builder.Place.RequiredExchangeParameters.Add(new ParameterDescription("settle", typeof(string), "", "usdt"));

        Missing(builder).Should().Equal($"{Start}Its PlaceFuturesOrderAsync needs settle, which only this exchange knows; set it once with SetDefaultExchangeParameter.");
    }

    [Fact]
    public void Missing_NoPerpetuals_SaysSoAlone() =>
        Missing(new SharedClientBuilder { Mode = TradingMode.Spot }, trades: false).Should().Equal($"{Start}It has no linear perpetual futures.");

    [Fact]
    public void Missing_NoKey_IsAFaultOnlyOfTrading()
    {
        Missing(new SharedClientBuilder { IsAuthenticated = false }, trades: false).Should().BeEmpty();
        Missing(new SharedClientBuilder { IsAuthenticated = false }).Should().Equal($"{Start}Orders need an API key.");
    }

    [Fact]
    public void Missing_OrdersCountedInContracts_AreRefused() =>
        Missing(new SharedClientBuilder { Quantity = SharedQuantityType.Contracts }).Should().ContainSingle().Which.Should().StartWith($"{Start}Its orders are not counted in the base asset");

    [Fact]
    public void Missing_IntervalThatTheFamilyLacks_NamesThoseThereAre() =>
        Missing(new SharedClientBuilder(), interval: Interval.ThreeDays)
            .Should().Equal($"{Start}It has no bars of 3d; expected one of 1m, 3m, 5m, 15m, 30m, 1h, 2h, 4h, 6h, 8h, 12h, 1d, 1w.");

    [Fact]
    public void Missing_BarsOnlyBackwards_IsRefused() =>
        Missing(new SharedClientBuilder { Klines = new GetKlinesOptions("Imagined", false, true, true, 1000, false) })
            .Should().Equal($"{Start}It cannot read bars forward from an instant.");

    [Fact]
    public void Missing_NoMarginMode_IsForItsOwnerToAnswer()
    {
        var builder = new SharedClientBuilder();
        builder.Leverage.RequiredOptionalParameters.Clear();

        Missing(builder).Should().Equal($"{Start}It cannot set the margin mode; set it at the exchange by hand and say so with SharedExchangeOptions.IsMarginModeSetByOwner.");
        Missing(builder, new SharedExchangeOptions { IsMarginModeSetByOwner = true }).Should().BeEmpty();
    }

    [Fact]
    public void Missing_NoStops_IsAFaultOfABotThatWantsThem()
    {
        using var client = new SharedClient(new SharedClientBuilder().Build());
        var bot = new TradingBotOptions { Interval = Interval.OneDay, StopLoss = 0.05m };

        ExchangeCapabilities.Missing(client, new SharedExchangeOptions(), bot, trades: true).Should().Equal(
            $"{Start}StopLoss is set, but the client has no stop orders that their owner's id finds again, so no stop could rest at the exchange.");
        ExchangeCapabilities.Missing(client, new SharedExchangeOptions(), bot, trades: false).Should().BeEmpty("a simulated account has them");
    }

    [Fact]
    public void Missing_ClientThatRepeatsOrCaches_IsRefused()
    {
        using var repeating = new BinanceRestClient(options => options.RateLimitingBehaviour = RateLimitingBehaviour.Wait);
        using var caching = new BinanceRestClient(options => (options.RateLimitingBehaviour, options.CachingEnabled) = (RateLimitingBehaviour.Fail, true));

        Missing(repeating.UsdFuturesApi.SharedClient).Should().Equal(
            "The client of Binance cannot serve this bot. Its option RateLimitingBehaviour lets it repeat requests by itself, orders too; expected Fail.");
        Missing(caching.UsdFuturesApi.SharedClient).Should().ContainSingle().Which.Should().Contain("CachingEnabled");
    }

    private static IEnumerable<string> Missing(
        SharedClientBuilder builder, SharedExchangeOptions? options = null, Interval? interval = null, bool trades = true)
    {
        using var client = new SharedClient(builder.Build());
        return [.. ExchangeCapabilities.Missing(client, options ?? new SharedExchangeOptions(), new TradingBotOptions { Interval = interval ?? Interval.OneDay }, trades)];
    }

    private static IEnumerable<string> Missing(ISharedClient library)
    {
        using var client = new SharedClient(library);
        return [.. ExchangeCapabilities.Missing(client, new SharedExchangeOptions(), new TradingBotOptions { Interval = Interval.OneDay }, trades: false)];
    }
}
