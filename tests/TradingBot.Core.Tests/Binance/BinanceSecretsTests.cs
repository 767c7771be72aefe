using System.Text.Json;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using TradingBot.Binance;
using TradingBot.Core.Tests.Market;
using TradingBot.Trading;

namespace TradingBot.Core.Tests.Binance;

public sealed class BinanceSecretsTests
{
    private static readonly string[] Secrets = [StubExchange.ApiKey, StubExchange.ApiSecret, "signature", "the-listen-key"];

    [Fact]
    public void ToString_OfWhatHoldsAKey_ShowsNone()
    {
        using var client = new StubExchange().Client();
        var credentials = new BinanceCredentials(StubExchange.ApiKey, StubExchange.ApiSecret);
        object[] holders = [credentials, client.Options, client, client.Orders, client.Account, new BinanceOrderer(client), new BinanceStreams(client), new TradingBot.Binance.Protocol.ListenKeyAnswer { ListenKey = "the-listen-key" }];
        holders.Should().AllSatisfy(holder => holder.ToString().Should().NotContainAny(Secrets));
        credentials.ToString().Should().Be("BinanceCredentials (set)");
    }

    [Fact]
    public void Properties_OfTheCredentials_ArePublicNowhere() =>
        typeof(BinanceCredentials).GetProperties().Should().BeEmpty("a serializer or a debugger's table would show them");

    [Fact]
    public void Create_CredentialsOfAnotherLibrary_HandsBothOver() =>
        new BinanceCredentials("key", "secret").Create((key, secret) => (key, secret)).Should().Be(("key", "secret"));

    [Theory]
    [InlineData("", "secret")]
    [InlineData("key", "")]
    [InlineData("a key", "secret")]
    [InlineData("key", "sec\r\nret")]
    public void Constructor_AnImpossibleKey_IsRefusedWithoutRepeatingIt(string key, string secret)
    {
        var create = () => new BinanceCredentials(key, secret);
        create.Should().Throw<ArgumentException>().Which.Message.Should().StartWith("Expected a").And.NotContain("sec\r\nret");
    }

    [Fact]
    public async Task EveryFailure_OfEveryCall_ShowsNone()
    {
        Func<HttpResponseMessage>[] failures =
        [
            () => throw new HttpRequestException("cut"),
            () => throw new TaskCanceledException("late", new TimeoutException()),
            () => StubExchange.Error(401, -2015, $"Invalid API-key, IP, or permissions for action: {StubExchange.ApiKey}."),
            () => StubExchange.Error(400, -1021),
            () => StubExchange.Error(429, -1003),
            () => StubExchange.Error(500, -1000),
            () => StubExchange.Json("{\"listenKey\":the-listen-key"),
            () => new HttpResponseMessage(System.Net.HttpStatusCode.BadGateway) { Content = new StringContent("<html>/fapi/v1/order?signature=0123</html>") },
        ];
        foreach (var failure in failures)
        {
            var exchange = new StubExchange();
            foreach (var route in new[] { "POST /fapi/v1/order", "GET /fapi/v1/order", "DELETE /fapi/v1/order", "GET /fapi/v1/algoOrder", "POST /fapi/v1/algoOrder", "GET /fapi/v3/balance", "POST /fapi/v1/listenKey", "POST /fapi/v1/leverage", "GET /fapi/v1/openOrders", "GET /fapi/v1/openAlgoOrders" })
            {
                exchange.On(route, _ => failure());
            }

            exchange.On("GET /fapi/v1/exchangeInfo", Samples.ExchangeInfo).On("GET /fapi/v1/premiumIndex", Samples.PremiumIndex);
            using var client = exchange.Client(options => options.ReadAttempts = 2);
            var orderer = new BinanceOrderer(client);
            Func<Task>[] calls =
            [
                () => orderer.SubmitAsync(Orders.MarketBuy()),
                () => orderer.FindAsync(new OrderQuery(TestBars.BtcUsdt, "id")),
                () => orderer.CancelAsync(new OrderQuery(TestBars.BtcUsdt, "id")),
                () => orderer.GetAccountAsync(TestBars.BtcUsdt),
                () => client.Account.GetBalancesAsync(),
                () => client.Account.SetLeverageAsync(TestBars.BtcUsdt, 5),
                () => client.Account.CreateListenKeyAsync(default),
            ];
            foreach (var call in calls)
            {
                try
                {
                    await exchange.Clock.DriveAsync(call());
                }
                catch (ExchangeException e)
                {
                    e.ToString().Should().NotContainAny(Secrets);
                }
            }

            exchange.Log.Lines.Should().NotBeEmpty();
            exchange.Log.Lines.Should().AllSatisfy(line => line.Text.Should().NotContainAny(Secrets));
        }
    }

    [Fact]
    public void Serialize_TheOptions_ShowsNone()
    {
        using var client = new StubExchange().Client();
        JsonSerializer.Serialize(client.Options).Should().NotContainAny(Secrets);
    }

    [Fact]
    public void Constructor_FaultyOptions_ShowNone()
    {
        var create = () => new BinanceClient(
            Options.Create(new BinanceOptions { ReadAttempts = 0, Credentials = new BinanceCredentials(StubExchange.ApiKey, StubExchange.ApiSecret) }), TimeProvider.System, new Logger<BinanceClient>(new LogLines()));
        create.Should().Throw<OptionsValidationException>().Which.ToString().Should().NotContainAny(Secrets);
    }
}
