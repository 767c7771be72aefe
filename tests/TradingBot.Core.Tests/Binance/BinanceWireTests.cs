using System.Text;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using TradingBot.Binance;
using TradingBot.Binance.Protocol;
using TradingBot.Market;
using TradingBot.Trading;

namespace TradingBot.Core.Tests.Binance;

/// <summary>What really goes over a connection, through the handlers of the platform.</summary>
public sealed class BinanceWireTests
{
    [Theory]
    [InlineData("POST")]
    [InlineData("DELETE")]
    public async Task Trade_TheConnectionIsCutAfterTheRequest_IsNotSentAgainByTheHandlerBeneath(string method)
    {
        await using var server = new LoopbackServer(request => request.StartsWith(method, StringComparison.Ordinal) ? null : """{"serverTime":1795003212123}""");
        using var client = Client(server.Address);

        // The request then goes over a connection that was kept alive, which is when the handler repeats what seems not to have arrived.
        await client.Market.GetServerTimeAsync();
        var trade = () => method == "POST" ? client.Orders.PlaceAsync(Orders.MarketBuy()) : client.Orders.CancelAsync(Orders.MarketBuy().Symbol, "id");
        (await trade.Should().ThrowAsync<ExchangeException>()).Which.Kind.Should().Be(ExchangeErrorKind.StatusUnknown);
        server.Requests.Count(request => request.StartsWith(method, StringComparison.Ordinal)).Should().Be(1);
    }

    [Fact]
    public async Task Place_TheExchangeCannotBeReached_CertainlyWasNotSent()
    {
        Uri address;
        await using (var server = new LoopbackServer(_ => """{"serverTime":1795003212123}"""))
        {
            address = server.Address;
        }

        using var client = Client(address, options => options.ReadAttempts = 1);
        var place = () => client.Orders.PlaceAsync(Orders.MarketBuy());
        (await place.Should().ThrowAsync<ExchangeException>().WithMessage("*nothing was sent.")).Which.Kind.Should().Be(ExchangeErrorKind.Transient);
    }

    [Theory]
    [InlineData("BTCUSDT", "a:b/c_d-e.f", "origClientOrderId=a%3Ab%2Fc_d-e.f")]
    [InlineData("币安人生USDT", "id", "symbol=%E5%B8%81%E5%AE%89%E4%BA%BA%E7%94%9FUSDT")]
    public async Task Get_CharactersThatAreEncoded_ArriveAsTheyWereSigned(string symbol, string id, string expected)
    {
        await using var server = new LoopbackServer(request => request.Contains("/time", StringComparison.Ordinal) ? """{"serverTime":1795003212123}""" : Samples.GetOrder);
        using var client = Client(server.Address);
        await client.Orders.GetAsync(Symbol.Parse(symbol), id);
        var query = server.Requests[^1].Split(' ')[1].Split('?')[1];
        query.Should().Contain(expected);
        var parts = query.Split("&signature=");
        parts[1].Should().Be(RequestSigner.Sign(Encoding.ASCII.GetBytes(StubExchange.ApiSecret), parts[0]));
    }

    [Fact]
    public async Task Place_TheParameters_ArriveInTheBodyAsTheyWereSigned()
    {
        await using var server = new LoopbackServer(request => request.Contains("/time", StringComparison.Ordinal) ? """{"serverTime":1795003212123}""" : Samples.PostOrder);
        using var client = Client(server.Address);
        await client.Orders.PlaceAsync(Orders.MarketBuy() with { ClientOrderId = "a:b/c" });
        var request = server.Requests[^1].Split(' ');
        request[1].Should().Be("/fapi/v1/order");
        var parts = request[^1].Split("&signature=");
        parts[0].Should().Contain("newClientOrderId=a%3Ab%2Fc");
        parts[1].Should().Be(RequestSigner.Sign(Encoding.ASCII.GetBytes(StubExchange.ApiSecret), parts[0]));
    }

    private static BinanceClient Client(Uri address, Action<BinanceOptions>? configure = null)
    {
        var options = new BinanceOptions
        {
            Environment = BinanceEnvironment.Custom,
            RestAddress = address,
            Credentials = new BinanceCredentials(StubExchange.ApiKey, StubExchange.ApiSecret),
            JitterSeed = 3,
        };
        configure?.Invoke(options);
        return new BinanceClient(Options.Create(options), TimeProvider.System, new Logger<BinanceClient>(new LogLines()));
    }
}
