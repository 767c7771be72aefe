using Microsoft.Extensions.Logging.Abstractions;
using TradingBot.Binance;
using TradingBot.Binance.Protocol;
using TradingBot.Testing;
using TradingBot.Trading;

namespace TradingBot.Core.Tests.Binance;

public sealed class RateGateTests
{
    // 10 seconds into a minute.
    private readonly ManualTimeProvider _clock = new(new DateTimeOffset(2026, 11, 18, 14, 0, 10, TimeSpan.Zero));
    private readonly BinanceOptions _options = new() { ReservedShare = 0.1 };
    private readonly RateGate _gate;

    public RateGateTests() => _gate = new RateGate(new ExchangeClock(_clock), _clock, _options, NullLogger.Instance);

    [Fact]
    public async Task Acquire_UpToTheShareOfReadings_WaitsForNothing_ThenForTheNextMinute()
    {
        for (var i = 0; i < 216; i++)
        {
            _gate.Complete(Read(10), await AcquireAsync(Read(10)), null);
        }

        _gate.UsedWeight.Should().Be(2160);
        var waiting = AcquireAsync(Read(1));
        waiting.IsCompleted.Should().BeFalse("2,160 of 2,400 is all that readings may use");
        (await _clock.DriveAsync(waiting)).Should().Equal(TimeSpan.FromSeconds(50.1));
        _gate.UsedWeight.Should().Be(1);
    }

    [Fact]
    public async Task Acquire_OrdersAndLookups_MayUseTheReservedShare()
    {
        Observe(await AcquireAsync(Read(10)), Read(10), weight: 2390);
        AcquireAsync(Read(1)).IsCompleted.Should().BeFalse();
        AcquireAsync(Request(RequestKind.Trade, 1)).IsCompleted.Should().BeTrue();
        AcquireAsync(Request(RequestKind.Lookup, 9)).IsCompleted.Should().BeTrue();
        AcquireAsync(Request(RequestKind.Lookup, 1)).IsCompleted.Should().BeFalse("the limit itself is never passed");
        await Task.CompletedTask;
    }

    [Fact]
    public async Task Complete_TheExchangeCountedMore_ItsCountHolds()
    {
        Observe(await AcquireAsync(Read(5)), Read(5), weight: 2100);
        _gate.UsedWeight.Should().Be(2100, "another process shares the address");
        Observe(await AcquireAsync(Read(5)), Read(5), weight: 12);
        _gate.UsedWeight.Should().Be(2105, "a lower count is an older one");
    }

    [Fact]
    public async Task Complete_OthersUnderWay_AreAddedToTheExchangesCount()
    {
        var first = await AcquireAsync(Read(5));
        await AcquireAsync(Read(10));
        Observe(first, Read(5), weight: 100);
        _gate.UsedWeight.Should().Be(110);
    }

    [Fact]
    public async Task Complete_AnAnswerFromTheMinuteBefore_DoesNotFillThisMinute()
    {
        var sent = await AcquireAsync(Read(5));
        _clock.Advance(TimeSpan.FromSeconds(55));
        Observe(sent, Read(5), weight: 2400);
        _gate.UsedWeight.Should().Be(5, "it was under way when the minute began, and may be counted in either");
    }

    [Fact]
    public async Task Acquire_TooManyOrders_WaitsForTheNextTenSeconds()
    {
        _options.RequestTimeout = TimeSpan.FromSeconds(15);
        for (var i = 0; i < 300; i++)
        {
            _gate.Complete(Order(), await AcquireAsync(Order()), null);
        }

        var waiting = AcquireAsync(Order());
        (await _clock.DriveAsync(waiting)).Should().Equal(TimeSpan.FromSeconds(10.1));
        AcquireAsync(Read(1)).IsCompleted.Should().BeTrue();
    }

    [Fact]
    public async Task Acquire_OrdersCountedByTheExchange_AreKeptTo()
    {
        var sent = await AcquireAsync(Order());
        var headers = new HttpResponseMessage().Headers;
        headers.Add("x-mbx-order-count-10s", "1");
        headers.Add("X-MBX-ORDER-COUNT-1M", "1200");
        _gate.Complete(Order(), sent, headers);
        var order = () => AcquireAsync(Order());
        (await order.Should().ThrowAsync<ExchangeException>("an order does not wait 50 seconds")).Which.RetryAfter.Should().Be(TimeSpan.FromSeconds(50.1));
    }

    [Fact]
    public async Task Acquire_HistoryOfFunding_HasALimitOfItsOwn()
    {
        BinanceRequest Funding() => new(HttpMethod.Get, "/fapi/v1/fundingRate", 0) { FundingReads = 1 };
        for (var i = 0; i < 500; i++)
        {
            _gate.Complete(Funding(), await AcquireAsync(Funding()), null);
        }

        _gate.UsedWeight.Should().Be(0);
        AcquireAsync(Read(10)).IsCompleted.Should().BeTrue("other readings have another limit");
        _options.MaxRateLimitWait = TimeSpan.FromMinutes(5);
        (await _clock.DriveAsync(AcquireAsync(Funding()))).Should().Equal(TimeSpan.FromSeconds(290.1));
    }

    [Fact]
    public async Task SetLimits_ThePublishedOnes_AreKeptTo()
    {
        _gate.SetLimits(
        [
            new BinanceRateLimit { RateLimitType = "REQUEST_WEIGHT", Interval = "MINUTE", IntervalNum = 1, Limit = 100 },
            new BinanceRateLimit { RateLimitType = "REQUEST_WEIGHT", Interval = "DAY", IntervalNum = 1, Limit = 1 },
            new BinanceRateLimit { RateLimitType = "ANOTHER", Interval = "MINUTE", IntervalNum = 1, Limit = 1 },
        ]);
        await AcquireAsync(Read(90));
        AcquireAsync(Read(1)).IsCompleted.Should().BeFalse();
    }

    [Fact]
    public async Task Acquire_DearerThanTheLimit_IsLetThroughAlone()
    {
        _gate.SetLimits([new BinanceRateLimit { RateLimitType = "REQUEST_WEIGHT", Interval = "MINUTE", IntervalNum = 1, Limit = 10 }]);
        await AcquireAsync(Read(40));
        AcquireAsync(Read(40)).IsCompleted.Should().BeFalse();
    }

    [Fact]
    public async Task Acquire_ALongerWaitThanAllowed_FailsAtOnce()
    {
        _options.MaxRateLimitWait = TimeSpan.FromSeconds(30);
        Observe(await AcquireAsync(Read(5)), Read(5), weight: 2400);
        var read = () => AcquireAsync(Read(1));
        var error = (await read.Should().ThrowAsync<ExchangeException>().WithMessage("GET /x: not sent, the exchange's limits leave no room for 50.1 s; expected at most 30 s.")).Which;
        error.Kind.Should().Be(ExchangeErrorKind.RateLimited);
        error.RetryAfter.Should().Be(TimeSpan.FromSeconds(50.1));
    }

    [Fact]
    public async Task Acquire_ManyAtOnceInRandomOrder_NeverPassTheLimitOfAnyMinute()
    {
        _options.MaxRateLimitWait = TimeSpan.FromHours(1);
        var random = new Random(5);
        var perMinute = new Dictionary<long, int>();
        var tasks = Enumerable.Range(0, 2000).Select(async _ =>
        {
            var weight = random.Next(1, 11);
            var sent = await AcquireAsync(Read(weight));
            lock (perMinute)
            {
                var minute = sent.UtcTicks / TimeSpan.TicksPerMinute;
                perMinute[minute] = perMinute.GetValueOrDefault(minute) + weight;
            }

            _gate.Complete(Read(weight), sent, null);
        }).ToArray();
        await _clock.DriveAsync(Task.WhenAll(tasks));
        perMinute.Values.Should().HaveCountGreaterThan(4).And.OnlyContain(weight => weight <= 2160);
    }

    private static BinanceRequest Read(int weight) => Request(RequestKind.Read, weight);

    private static BinanceRequest Order() => new(HttpMethod.Post, "/x", 0) { Kind = RequestKind.Trade, Orders = 1 };

    private static BinanceRequest Request(RequestKind kind, int weight) => new(HttpMethod.Get, "/x", weight) { Kind = kind };

    private Task<DateTimeOffset> AcquireAsync(BinanceRequest request) => _gate.AcquireAsync(request, CancellationToken.None).AsTask();

    private void Observe(DateTimeOffset sent, BinanceRequest request, int weight)
    {
        var headers = new HttpResponseMessage().Headers;
        headers.Add("X-MBX-USED-WEIGHT-1M", weight.ToString(System.Globalization.CultureInfo.InvariantCulture));
        _gate.Complete(request, sent, headers);
    }
}
