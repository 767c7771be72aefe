using System.Globalization;
using System.Text;
using TradingBot.Binance.Protocol;
using TradingBot.Core.Tests.Market;
using TradingBot.Market;
using TradingBot.Trading;

namespace TradingBot.Core.Tests.Binance;

public sealed class BarPagerTests
{
    private const string Route = "GET /fapi/v1/klines";
    private readonly StubExchange _exchange = new();
    private readonly Interval _interval = Interval.OneHour;
    private readonly SortedDictionary<long, string> _bars = [];

    // The exchange's time is 2026-11-18 12:00:12, so the bar of 12:00 is open and that of 11:00 is the last closed one.
    private readonly DateTimeOffset _open = Interval.OneHour.OpenTimeAt(StubExchange.Now);

    public BarPagerTests() => _exchange.On(Route, Answer);

    [Fact]
    public async Task GetBars_TheLatest_AreClosedOnes_InOneRequest()
    {
        List(from: 100, to: 0);
        var bars = await ReadAsync(Request() with { Count = 24 });
        bars.Count.Should().Be(24);
        bars.OpenTimeAt(23).Should().Be(_open.AddHours(-1), "the bar of now is open");
        bars.OpenTimeAt(0).Should().Be(_open.AddHours(-24));
        bars.Closes[23].Should().Be(CloseOf(1));
        _exchange.Routes.Should().Equal(Route);
        _exchange.Requests[^1]["limit"].Should().Be("24");
    }

    [Fact]
    public async Task GetBars_TheExchangesClockDecides_NotThisMachines()
    {
        List(from: 10, to: -1);
        _exchange.ClockAhead = TimeSpan.FromHours(1);
        (await ReadAsync(Request() with { Count = 1 })).OpenTimeAt(0).Should().Be(_open);
        _exchange.ClockAhead = TimeSpan.FromSeconds(-13);
        _exchange.Clock.Advance(TimeSpan.FromHours(1));
        (await ReadAsync(Request() with { Count = 1 })).OpenTimeAt(0).Should().Be(_open.AddHours(-1), "to the exchange the hour is not over");
    }

    [Theory]
    [InlineData(1499, 1)]
    [InlineData(1500, 1)]
    [InlineData(1501, 2)]
    [InlineData(3000, 2)]
    [InlineData(4001, 3)]
    public async Task GetBars_MoreThanAPage_ArePagedWithoutOverlap(int count, int requests)
    {
        List(from: 5000, to: 0);
        var bars = await ReadAsync(Request() with { From = _open.AddHours(-count) });
        bars.Count.Should().Be(count);
        bars.OpenTimes.ToArray().Should().Equal(Enumerable.Range(0, count).Select(i => _open.AddHours(i - count).ToUnixTimeMilliseconds()));
        _exchange.Routes.Should().HaveCount(requests);
        _exchange.Requests.Where(request => request.Route == Route).Skip(1).Select(request => request.Number("startTime"))
            .Should().Equal(Enumerable.Range(1, requests - 1).Select(page => _open.AddHours((page * 1500) - count).ToUnixTimeMilliseconds()));
    }

    [Fact]
    public async Task GetBars_AllThereAre_BeginWithTheFirst()
    {
        List(from: 2000, to: 0);
        var bars = await ReadAsync(Request());
        bars.Count.Should().Be(2000);
        bars.OpenTimeAt(0).Should().Be(_open.AddHours(-2000));
    }

    [Fact]
    public async Task GetBars_FromIsIncludedAndToIsNot()
    {
        List(from: 100, to: 0);
        var bars = await ReadAsync(Request() with { From = _open.AddHours(-10), To = _open.AddHours(-5) });
        bars.OpenTimeAt(0).Should().Be(_open.AddHours(-10));
        bars.OpenTimeAt(bars.Count - 1).Should().Be(_open.AddHours(-6));
        bars = await ReadAsync(Request() with { From = _open.AddHours(-10).AddTicks(1), To = _open.AddHours(-5).AddTicks(1) });
        bars.OpenTimeAt(0).Should().Be(_open.AddHours(-9));
        bars.OpenTimeAt(bars.Count - 1).Should().Be(_open.AddHours(-5));
    }

    [Fact]
    public async Task GetBars_FromTheFuture_AreNone()
    {
        List(from: 10, to: 0);
        (await ReadAsync(Request() with { From = _open })).Count.Should().Be(0);
        (await ReadAsync(Request() with { From = _open.AddDays(3), To = _open.AddDays(4) })).Count.Should().Be(0);
    }

    [Fact]
    public async Task GetBars_TheLatestAcrossAGap_AreAsManyAsAskedFor()
    {
        List(from: 100, to: 0);
        foreach (var missing in Enumerable.Range(5, 20))
        {
            _bars.Remove(_open.AddHours(-missing).ToUnixTimeMilliseconds());
        }

        var bars = await ReadAsync(Request() with { Count = 10 });
        bars.Count.Should().Be(10);
        bars.OpenTimeAt(0).Should().Be(_open.AddHours(-30));
        bars.Gaps.Should().Equal(new Gap(_open.AddHours(-24), 20, false));
    }

    [Fact]
    public async Task GetBars_MoreThanTheMarketHas_AreAllOfThem()
    {
        List(from: 7, to: 0);
        (await ReadAsync(Request() with { Count = 50 })).Count.Should().Be(7);
        (await ReadAsync(Request() with { Count = 50, From = _open.AddHours(-3) })).Count.Should().Be(3);
        (await ReadAsync(Request() with { Count = 2, From = _open.AddHours(-3) })).OpenTimeAt(0).Should().Be(_open.AddHours(-2));
    }

    [Fact]
    public async Task GetBars_NoBarsAtAll_AreNone() => (await ReadAsync(Request() with { Count = 5 })).Count.Should().Be(0);

    [Theory]
    [InlineData(1, 200, 1)]
    [InlineData(1, 1700, 3)]
    [InlineData(4, 1700, 3)]
    public async Task GetBars_TheLatestDoesNotShowYet_IsWaitedFor(int count, int milliseconds, int waits)
    {
        List(from: 10, to: 1);
        var late = _open.AddHours(-1).ToUnixTimeMilliseconds();
        _bars.Remove(late, out var row);
        _exchange.On(Route, request =>
        {
            if (_exchange.Clock.GetUtcNow() >= StubExchange.Now.AddMilliseconds(milliseconds))
            {
                _bars[late] = row!;
            }

            return Answer(request);
        });
        var bars = await ReadAsync(Request() with { Count = count });
        bars.Count.Should().Be(count);
        bars.OpenTimes[^1].Should().Be(late);
        _exchange.Log.Events.Count(name => name == "LatestBarLate").Should().Be(waits);
    }

    [Fact]
    public async Task GetBars_TheLatestNeverShows_AreThoseBeforeIt()
    {
        List(from: 10, to: 2);
        var started = _exchange.Clock.GetUtcNow();
        var bars = await ReadAsync(Request() with { Count = 3 });
        bars.OpenTimeAt(2).Should().Be(_open.AddHours(-2));
        (_exchange.Clock.GetUtcNow() - started).Should().Be(TimeSpan.FromSeconds(1.75), "a market that has stopped must not hold up a bot for long");
    }

    [Fact]
    public async Task GetBars_AnEarlierEndInAGap_IsNotWaitedFor()
    {
        List(from: 10, to: 4);
        (await ReadAsync(Request() with { Count = 3, To = _open.AddHours(-1) })).Count.Should().Be(3);
        _exchange.Clock.GetUtcNow().Should().Be(StubExchange.Now);
    }

    [Fact]
    public async Task GetBars_AGapThatTheRequestRejects_Throws()
    {
        List(from: 10, to: 0);
        _bars.Remove(_open.AddHours(-5).ToUnixTimeMilliseconds());
        var read = () => ReadAsync(Request() with { GapPolicy = GapPolicy.Reject, From = _open.AddHours(-10) });
        await read.Should().ThrowAsync<BarDataException>().WithMessage("BTCUSDT 1h of the exchange: 1 bar(s) missing*");
    }

    [Fact]
    public async Task GetBars_AnImpossibleBar_Throws()
    {
        List(from: 10, to: 0);
        _bars[_open.AddHours(-5).ToUnixTimeMilliseconds()] = "\"10\",\"9\",\"8\",\"8.5\",\"1\"";
        var read = () => ReadAsync(Request());
        await read.Should().ThrowAsync<BarDataException>().WithMessage("*is impossible*");
    }

    [Fact]
    public async Task GetBars_AnExchangeThatIgnoresTheStart_IsNotedNotAppendedTwice()
    {
        List(from: 3000, to: 0);
        _exchange.On(Route, request => StubExchange.Json(Rows(_bars.Take(1500))));
        var read = () => ReadAsync(Request() with { From = _open.AddHours(-3000) });
        await read.Should().ThrowAsync<BarDataException>().WithMessage("*answered bars from*asked for were bars from*");
    }

    [Fact]
    public async Task GetBars_APageThatBreaksOff_IsReadAgainWithoutDoubles()
    {
        List(from: 30, to: 0);
        _exchange.OnSequence(
            Route,
            request => StubExchange.Json(Rows(_bars.Take(10))[..^5]),
            Answer);
        var reading = ReadAsync(Request() with { From = _open.AddHours(-30) });
        await _exchange.Clock.DriveAsync(reading);
        (await reading).Count.Should().Be(30);
    }

    [Fact]
    public async Task GetBars_AServerWithSmallerPages_IsReadToTheEnd()
    {
        List(from: 2500, to: 0);
        _exchange.On(Route, request => StubExchange.Json(Rows(Select(request).Take(1000))));
        (await ReadAsync(Request() with { From = _open.AddHours(-2500) })).Count.Should().Be(2500);
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(99, 1)]
    [InlineData(100, 2)]
    [InlineData(499, 2)]
    [InlineData(500, 5)]
    [InlineData(1000, 5)]
    [InlineData(1001, 10)]
    [InlineData(1500, 10)]
    public void WeightOf_ALimit_IsThePublishedOne(int limit, int weight) => BarPager.WeightOf(limit).Should().Be(weight);

    [Fact]
    public async Task GetBars_MoreThanTheLimitAllowsAMinute_StayBelowTheLimit()
    {
        var used = 0;
        var interval = Interval.OneMinute;
        _exchange.On(Route, request =>
        {
            used += 10;
            var start = request.Number("startTime");
            return StubExchange.Json(Rows(Enumerable.Range(0, request.Number("limit") is var limit ? (int)limit : 0)
                .Select(i => KeyValuePair.Create(start + (i * 60_000L), "\"1\",\"1\",\"1\",\"1\",\"1\""))));
        });
        using var client = _exchange.Client(options => options.ReservedShare = 0.9);
        var reading = client.Market.GetBarsAsync(Request() with { Interval = interval, From = interval.OpenTimeAt(StubExchange.Now).AddMinutes(-60_000) });
        var waits = await _exchange.Clock.DriveAsync(reading);
        (await reading).Count.Should().Be(60_000);
        used.Should().Be(400);
        waits.Should().ContainSingle().Which.TotalSeconds.Should().BeApproximately(47.977, 0.001, "240 fit into the first minute");
    }

    private BarRequest Request() => new() { Symbol = TestBars.BtcUsdt, Interval = _interval, GapPolicy = GapPolicy.Flag };

    private async Task<BarSeries> ReadAsync(BarRequest request)
    {
        using var client = _exchange.Client();
        var reading = client.Market.GetBarsAsync(request);
        await _exchange.Clock.DriveAsync(reading);
        return await reading;
    }

    private void List(int from, int to)
    {
        for (var i = from; i >= to; i--)
        {
            _bars[_open.AddHours(-i).ToUnixTimeMilliseconds()] = string.Create(
                CultureInfo.InvariantCulture, $"\"{CloseOf(i)}\",\"{CloseOf(i) + 1}\",\"{CloseOf(i) - 1}\",\"{CloseOf(i)}\",\"3.5\"");
        }
    }

    private static double CloseOf(int hoursAgo) => 10_000 - hoursAgo;

    private HttpResponseMessage Answer(StubRequest request) => StubExchange.Json(Rows(Select(request)));

    private IEnumerable<KeyValuePair<long, string>> Select(StubRequest request)
    {
        request["symbol"].Should().Be("BTCUSDT");
        request["interval"].Should().Be("1h");
        var (start, end, limit) = (request["startTime"] is null ? (long?)null : request.Number("startTime"), request["endTime"] is null ? long.MaxValue : request.Number("endTime"), (int)request.Number("limit"));
        limit.Should().BeInRange(1, 1500);
        var rows = _bars.Where(bar => bar.Key >= (start ?? 0) && bar.Key <= end);
        return start is null ? rows.TakeLast(limit) : rows.Take(limit);
    }

    private static string Rows(IEnumerable<KeyValuePair<long, string>> rows)
    {
        var text = new StringBuilder("[");
        foreach (var (openTime, values) in rows)
        {
            text.Append(CultureInfo.InvariantCulture, $"{(text.Length > 1 ? "," : "")}[{openTime},{values},{openTime + 3_599_999},\"0\",0,\"0\",\"0\",\"0\"]");
        }

        return text.Append(']').ToString();
    }
}
