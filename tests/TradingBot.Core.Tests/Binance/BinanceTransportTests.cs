using System.Net;
using System.Net.Http.Headers;
using System.Text;
using TradingBot.Binance;
using TradingBot.Binance.Protocol;
using TradingBot.Core.Tests.Market;
using TradingBot.Trading;

namespace TradingBot.Core.Tests.Binance;

public sealed class BinanceTransportTests
{
    private const string Price = "GET /fapi/v2/ticker/price";
    private const string Balance = "GET /fapi/v3/balance";
    private const string Order = "POST /fapi/v1/order";
    private readonly StubExchange _exchange = new();

    [Fact]
    public async Task Send_ASignedReading_CarriesKeyTimeAndSignatureOfWhatIsSent()
    {
        _exchange.ClockAhead = TimeSpan.FromSeconds(90);
        using var client = _exchange.On(Balance, Samples.Balance).Client();
        await client.Account.GetBalancesAsync();

        _exchange.Requests.Select(request => request.Route).Should().Equal("GET /fapi/v1/time", Balance);
        var request = _exchange.Requests[1];
        request.ApiKey.Should().Be(StubExchange.ApiKey);
        request["recvWindow"].Should().Be("5000");
        request["timestamp"].Should().Be("1795003302123", "the exchange's clock is 90 seconds ahead");
        var signed = request.Parameters[..request.Parameters.LastIndexOf("&signature=", StringComparison.Ordinal)];
        request["signature"].Should().Be(RequestSigner.Sign(Encoding.ASCII.GetBytes(StubExchange.ApiSecret), signed));
        request.Parameters.Should().EndWith($"&signature={request["signature"]}");
    }

    [Fact]
    public async Task Send_APublicReading_CarriesNoKey()
    {
        using var client = _exchange.On(Price, Samples.TickerPrice).Client();
        await client.Market.GetLastPriceAsync(TestBars.BtcUsdt);
        _exchange.Requests.Should().ContainSingle().Which.ApiKey.Should().BeNull();
    }

    [Fact]
    public async Task Send_SignedWithoutCredentials_SaysWhatIsMissing()
    {
        using var client = _exchange.On(Balance, Samples.Balance).Client(withKey: false);
        var read = () => client.Account.GetBalancesAsync();
        (await read.Should().ThrowAsync<ExchangeException>().WithMessage("GET /fapi/v3/balance: needs an API key*")).Which.Kind.Should().Be(ExchangeErrorKind.Authentication);
    }

    [Fact]
    public async Task Send_AReadingThatFailsForTheMoment_IsRepeatedWithGrowingWaits()
    {
        using var client = _exchange.OnSequence(
            Price,
            _ => StubExchange.Error(503, -1008),
            _ => StubExchange.Error(500, -1000),
            _ => throw new HttpRequestException("cut", null, null),
            _ => StubExchange.Json(Samples.TickerPrice)).Client();
        var reading = client.Market.GetLastPriceAsync(TestBars.BtcUsdt);
        var waits = await _exchange.Clock.DriveAsync(reading);

        (await reading).Price.Should().Be(61851.10m);
        _exchange.Routes.Should().HaveCount(4);
        waits.Should().HaveCount(3).And.OnlyContain(wait => wait > TimeSpan.Zero && wait <= TimeSpan.FromSeconds(5));
        _exchange.Log.Events.Count(name => name == "ReadRepeated").Should().Be(3);
    }

    [Fact]
    public async Task Send_TheSameSeed_WaitsTheSame()
    {
        async Task<List<TimeSpan>> WaitsAsync(int seed)
        {
            var exchange = new StubExchange().On(Price, _ => StubExchange.Error(503, -1008));
            using var client = exchange.Client(options => options.JitterSeed = seed);
            var reading = client.Market.GetLastPriceAsync(TestBars.BtcUsdt);
            var failing = async () => await exchange.Clock.DriveAsync(reading);
            await failing.Should().ThrowAsync<ExchangeException>();
            return [.. exchange.Log.Lines.Where(line => line.Event.Name == "ReadRepeated").Select(line => TimeSpan.Parse(line.Text.Split(" in ")[1].Split(": ")[0], System.Globalization.CultureInfo.InvariantCulture))];
        }

        var first = await WaitsAsync(1);
        first.Should().HaveCount(3);
        (await WaitsAsync(1)).Should().Equal(first);
        (await WaitsAsync(2)).Should().NotEqual(first);
    }

    [Fact]
    public async Task Send_AReadingThatKeepsFailing_EndsWithTheLastFailure()
    {
        using var client = _exchange.On(Price, _ => StubExchange.Error(500, -1000, "An unknown error occured.")).Client(options => options.ReadAttempts = 2);
        var reading = client.Market.GetLastPriceAsync(TestBars.BtcUsdt);
        var driving = () => _exchange.Clock.DriveAsync(reading);
        (await driving.Should().ThrowAsync<ExchangeException>()).Which.Kind.Should().Be(ExchangeErrorKind.Transient);
        _exchange.Routes.Should().HaveCount(2);
    }

    [Theory]
    [InlineData(400, -1121, ExchangeErrorKind.Rejected)]
    [InlineData(401, -2015, ExchangeErrorKind.Authentication)]
    public async Task Send_AReadingThatIsRefused_IsNotRepeated(int status, int code, ExchangeErrorKind kind)
    {
        using var client = _exchange.On(Price, _ => StubExchange.Error(status, code)).Client();
        var read = () => client.Market.GetLastPriceAsync(TestBars.BtcUsdt);
        (await read.Should().ThrowAsync<ExchangeException>()).Which.Kind.Should().Be(kind);
        _exchange.Routes.Should().HaveCount(1);
    }

    [Theory]
    [InlineData("{\"symbol\":")]
    [InlineData("null")]
    [InlineData("{\"symbol\":\"BTCUSDT\",\"price\":\"much\",\"time\":1}")]
    [InlineData("<html></html>")]
    public async Task Send_AnAnswerThatCannotBeRead_IsAskedForAgain(string answer)
    {
        using var client = _exchange.OnSequence(Price, _ => StubExchange.Json(answer), _ => StubExchange.Json(Samples.TickerPrice)).Client();
        var reading = client.Market.GetLastPriceAsync(TestBars.BtcUsdt);
        await _exchange.Clock.DriveAsync(reading);
        (await reading).Price.Should().Be(61851.10m);
    }

    [Fact]
    public async Task Send_OutsideTheReceiveWindow_MeasuresTheClockAndRepeats()
    {
        using var client = _exchange.On(Balance, request =>
            request.Number("timestamp") > 1_795_003_300_000 ? StubExchange.Json(Samples.Balance) : StubExchange.Error(400, -1021, "Timestamp for this request is outside of the recvWindow.")).Client();
        await client.Market.GetServerTimeAsync();
        _exchange.ClockAhead = TimeSpan.FromMinutes(2);
        await client.Account.GetBalancesAsync();
        _exchange.Requests.Select(request => request.Route).Should().Equal("GET /fapi/v1/time", Balance, "GET /fapi/v1/time", Balance);
    }

    [Fact]
    public async Task Send_AfterHalfAnHour_MeasuresTheClockAgain()
    {
        using var client = _exchange.On(Balance, Samples.Balance).Client();
        await client.Account.GetBalancesAsync();
        _exchange.Clock.Advance(TimeSpan.FromMinutes(29));
        await client.Account.GetBalancesAsync();
        _exchange.Requests.Count(request => request.Path == "/fapi/v1/time").Should().Be(1);
        _exchange.Clock.Advance(TimeSpan.FromMinutes(2));
        await client.Account.GetBalancesAsync();
        _exchange.Requests.Count(request => request.Path == "/fapi/v1/time").Should().Be(2);
    }

    [Fact]
    public async Task Send_NoAnswer_TimesOutAndRepeats()
    {
        var hanging = new HangingHandler(2, Samples.TickerPrice);
        using var client = new BinanceClient(
            Microsoft.Extensions.Options.Options.Create(new BinanceOptions { JitterSeed = 1 }), _exchange.Clock, new Microsoft.Extensions.Logging.Logger<BinanceClient>(_exchange.Log), new HttpClient(hanging));
        var reading = client.Market.GetLastPriceAsync(TestBars.BtcUsdt);
        var waits = await _exchange.Clock.DriveAsync(reading);
        (await reading).Price.Should().Be(61851.10m);
        waits.Where(wait => wait == TimeSpan.FromSeconds(10)).Should().HaveCount(2);
        hanging.Requests.Should().Be(3);
    }

    [Fact]
    public async Task Send_CanceledByItsCaller_IsCanceled()
    {
        var hanging = new HangingHandler(int.MaxValue, "");
        using var client = new BinanceClient(
            Microsoft.Extensions.Options.Options.Create(new BinanceOptions { JitterSeed = 1 }), _exchange.Clock, new Microsoft.Extensions.Logging.Logger<BinanceClient>(_exchange.Log), new HttpClient(hanging));
        using var canceling = new CancellationTokenSource();
        var reading = client.Market.GetLastPriceAsync(TestBars.BtcUsdt, canceling.Token);
        await ClockDriving.SoonAsync(() => hanging.Requests == 1);
        await canceling.CancelAsync();
        var waiting = () => reading;
        await waiting.Should().ThrowAsync<OperationCanceledException>();
        hanging.Requests.Should().Be(1);
    }

    [Theory]
    [InlineData(429, "2", 2)]
    [InlineData(418, "75", 75)]
    [InlineData(429, null, 47.977)] // to the next minute, and a margin
    public async Task Send_TooManyRequests_EveryRequestWaitsAsLongAsAsked(int status, string? retryAfter, double seconds)
    {
        using var client = _exchange.OnSequence(
            Price,
            _ =>
            {
                var answer = StubExchange.Error(status, -1003, "Too many requests.");
                answer.Headers.RetryAfter = retryAfter is null ? null : RetryConditionHeaderValue.Parse(retryAfter);
                return answer;
            },
            _ => StubExchange.Json(Samples.TickerPrice)).On("GET /fapi/v1/premiumIndex", Samples.PremiumIndex).Client();
        var first = client.Market.GetLastPriceAsync(TestBars.BtcUsdt);
        var second = client.Market.GetMarkPriceAsync(TestBars.BtcUsdt);
        _exchange.Routes.Should().Equal([Price], "nothing else is sent while the exchange asks to wait");
        var started = _exchange.Clock.GetUtcNow();
        await _exchange.Clock.DriveAsync(Task.WhenAll(first, second));
        (_exchange.Clock.GetUtcNow() - started).TotalSeconds.Should().BeApproximately(seconds, 0.001);
        _exchange.Routes.Should().HaveCount(3);
        _exchange.Log.Events.Should().Contain("LimitExceeded").And.Contain("WaitingForLimit");
    }

    [Fact]
    public async Task Send_BannedForLong_FailsAtOnceAndSaysForHowLong()
    {
        using var client = _exchange.On(Price, _ => StubExchange.Error(418, -1003, "Way too many requests; IP banned until 1795006812123.")).Client();
        var read = () => client.Market.GetLastPriceAsync(TestBars.BtcUsdt);
        var error = (await read.Should().ThrowAsync<ExchangeException>()).Which;
        error.Kind.Should().Be(ExchangeErrorKind.RateLimited);
        error.RetryAfter.Should().Be(TimeSpan.FromHours(1));
        (await read.Should().ThrowAsync<ExchangeException>()).Which.RetryAfter.Should().Be(TimeSpan.FromHours(1));
        _exchange.Routes.Should().HaveCount(1, "a ban is not answered with more requests");
    }

    [Theory]
    [InlineData(429, -1003, ExchangeErrorKind.RateLimited)]
    [InlineData(503, -1008, ExchangeErrorKind.Transient)]
    [InlineData(503, -1000, ExchangeErrorKind.StatusUnknown)]
    [InlineData(400, -1007, ExchangeErrorKind.StatusUnknown)]
    [InlineData(400, -1021, ExchangeErrorKind.ClockSkew)]
    [InlineData(400, -2019, ExchangeErrorKind.Rejected)]
    public async Task Send_AnOrderThatFails_IsNeverRepeated(int status, int code, ExchangeErrorKind kind)
    {
        using var client = _exchange.On(Order, _ => StubExchange.Error(status, code)).Client();
        var place = () => client.Orders.PlaceAsync(Orders.MarketBuy());
        (await place.Should().ThrowAsync<ExchangeException>()).Which.Kind.Should().Be(kind);
        _exchange.Routes.Should().Equal(Order);
    }

    [Fact]
    public async Task Send_AnOrderWhoseAnswerIsBroken_HasAnUnknownOutcome()
    {
        using var client = _exchange.OnSequence(Order, _ => StubExchange.Json("{\"orderId\":1"), _ => throw new HttpRequestException("cut"), _ => throw new HttpRequestException(HttpRequestError.ConnectionError, "refused")).Client();
        var place = () => client.Orders.PlaceAsync(Orders.MarketBuy());
        (await place.Should().ThrowAsync<ExchangeException>()).Which.Kind.Should().Be(ExchangeErrorKind.StatusUnknown);
        (await place.Should().ThrowAsync<ExchangeException>()).Which.Kind.Should().Be(ExchangeErrorKind.StatusUnknown);
        (await place.Should().ThrowAsync<ExchangeException>()).Which.Kind.Should().Be(ExchangeErrorKind.Transient, "it never left");
    }

    [Fact]
    public async Task Send_AnOrderOnItsWay_IsNotAbandonedByCancellation()
    {
        using var canceling = new CancellationTokenSource();
        using var client = _exchange.On(Order, _ =>
        {
            canceling.Cancel();
            return StubExchange.Json(Samples.PostOrder);
        }).Client();
        (await client.Orders.PlaceAsync(Orders.MarketBuy(), canceling.Token)).OrderId.Should().Be(880000000123);
    }

    /// <summary>Never answers the first requests, as a connection that has gone dead.</summary>
    private sealed class HangingHandler(int hanging, string answer) : HttpMessageHandler
    {
        private int _requests;

        public int Requests => Volatile.Read(ref _requests);

        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            if (Interlocked.Increment(ref _requests) <= hanging)
            {
                await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, cancellationToken);
            }

            return new HttpResponseMessage(HttpStatusCode.OK) { Content = new StringContent(answer) };
        }
    }
}
