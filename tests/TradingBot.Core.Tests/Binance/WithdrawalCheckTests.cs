using TradingBot.Binance;
using TradingBot.Core.Tests.Market;
using TradingBot.Trading;

namespace TradingBot.Core.Tests.Binance;

/// <summary>What becomes of a key that may withdraw, and of an exchange that does not tell.</summary>
public sealed class WithdrawalCheckTests
{
    private const string Permissions = StubExchange.KeyPermissions;
    private readonly StubExchange _exchange = new();

    public WithdrawalCheckTests() => _exchange.On("GET /fapi/v1/accountConfig", Samples.AccountConfig).On("GET /fapi/v1/symbolConfig", Samples.SymbolConfig);

    private IEnumerable<StubRequest> Asked => _exchange.Requests.Where(request => request.Route == Permissions);

    [Fact]
    public async Task Prepare_AKeyThatMayNotWithdraw_IsAskedForOnce_AtTheSpotMarket_Signed()
    {
        using var client = Client(BinanceEnvironment.Live);
        var orderer = new BinanceOrderer(client);

        await PrepareAsync(orderer);
        await PrepareAsync(orderer);

        var asked = Asked.Should().ContainSingle().Which;
        asked.Should().BeEquivalentTo(new { Host = "api.binance.com", StubExchange.ApiKey });
        asked.Parameters.Should().MatchRegex("^recvWindow=5000&timestamp=[0-9]{13}&signature=[0-9a-f]{64}$");
        _exchange.Requests.Where(request => request.Route != Permissions).Should().OnlyContain(request => request.Host == "fapi.binance.com");
        _exchange.Log.Events.Should().NotContain("KeyPermissionsUnknown");
    }

    [Fact]
    public async Task Prepare_AKeyThatMayWithdraw_IsRefusedUntilItMayNot_AndNothingIsChanged()
    {
        _exchange.OnSequence(Permissions, _ => Withdrawals(true), _ => Withdrawals(true), _ => Withdrawals(false));
        using var client = Client(BinanceEnvironment.Live);
        var orderer = new BinanceOrderer(client);
        var prepare = () => PrepareAsync(orderer);

        for (var i = 0; i < 2; i++)
        {
            var refusal = (await prepare.Should().ThrowAsync<ExchangeException>()).Which;
            refusal.Kind.Should().Be(ExchangeErrorKind.Authentication);
            refusal.IsTransient.Should().BeFalse();
            refusal.Message.Should().StartWith("The API key may withdraw funds, and is refused:").And.Contain("Switch off 'Enable Withdrawals'").And.NotContain(StubExchange.ApiKey);
        }

        _exchange.Routes.Should().Equal("GET /fapi/v1/accountConfig", "GET /fapi/v1/accountConfig");
        await prepare.Should().NotThrowAsync();
        await prepare.Should().NotThrowAsync();
        Asked.Should().HaveCount(3);
    }

    [Fact]
    public async Task Prepare_OnTheDemoSystem_DoesNotAsk()
    {
        using var client = Client(BinanceEnvironment.Testnet);
        await PrepareAsync(new BinanceOrderer(client));
        Asked.Should().BeEmpty();
    }

    [Fact]
    public async Task Prepare_ACustomAddress_IsAskedItself()
    {
        using var client = _exchange.Client();
        await PrepareAsync(new BinanceOrderer(client));
        Asked.Should().ContainSingle().Which.Host.Should().Be("localhost");
    }

    public static TheoryData<string, Func<HttpResponseMessage>> Untold => new()
    {
        { "not found", () => StubExchange.Error(404, -5000, "Path /sapi/v1/account/apiRestrictions, Method GET is invalid") },
        { "network", () => throw new HttpRequestException(HttpRequestError.ConnectionError) },
        { "cut", () => throw new HttpRequestException("cut") },
        { "server", () => StubExchange.Error(503, -1001) },
        { "refused", () => StubExchange.Error(401, -2015) },
        { "limit", () => StubExchange.Error(418, -1003) },
        { "a page", () => new HttpResponseMessage { Content = new StringContent("<html>") } },
        { "without the field", () => StubExchange.Json("""{"ipRestrict":true}""") },
        { "null", () => StubExchange.Json("null") },
    };

    [Theory]
    [MemberData(nameof(Untold))]
    public async Task Prepare_AnAnswerThatCannotBeHad_IsAWarning_AndAskedForOnce(string what, Func<HttpResponseMessage> answer)
    {
        _exchange.On(Permissions, _ => answer());
        using var client = Client(BinanceEnvironment.Live);
        var orderer = new BinanceOrderer(client);

        await PrepareAsync(orderer);
        await PrepareAsync(orderer);

        Asked.Should().ContainSingle(what);
        _exchange.Log.Lines.Where(line => line.Event.Name == "KeyPermissionsUnknown").Should().ContainSingle()
            .Which.Text.Should().StartWith("Whether the API key may withdraw could not be learned, so make sure that it may not: GET /sapi/v1/account/apiRestrictions")
            .And.NotContainAny(StubExchange.ApiKey, StubExchange.ApiSecret, "signature");
        _exchange.Log.Events.Should().NotContain("LimitExceeded", "the limits of the spot market are not those of futures");
    }

    private static Task PrepareAsync(BinanceOrderer orderer) => orderer.PrepareAsync(new AccountSetup(TestBars.BtcUsdt, 5, MarginMode.Cross));

    private static HttpResponseMessage Withdrawals(bool enabled) => StubExchange.Json($$"""{"enableWithdrawals":{{(enabled ? "true" : "false")}}}""");

    private BinanceClient Client(BinanceEnvironment environment) => _exchange.Client(options => (options.Environment, options.RestAddress, options.StreamAddress) = (environment, null, null));
}
