using System.Globalization;
using System.Net.WebSockets;
using System.Text;
using TradingBot.Binance;
using TradingBot.Core.Tests.Market;
using TradingBot.Market;
using TradingBot.Trading;

namespace TradingBot.Core.Tests.Binance;

public sealed class BinanceStreamsTests : IAsyncDisposable
{
    private const string Klines = "GET /fapi/v1/klines";
    private readonly StubExchange _exchange = new();
    private readonly BinanceClient _client;
    private readonly List<(Uri Address, ScriptedSocket Socket)> _sockets = [];
    private readonly CancellationTokenSource _ending = new();
    private readonly List<object> _received = [];

    // It is 12:00:12; the bar of 12:00 is open.
    private readonly DateTimeOffset _open = Interval.OneMinute.OpenTimeAt(StubExchange.Now);
    private readonly SortedDictionary<DateTimeOffset, double> _volumes = [];
    private int _refusals;
    private Task _reading = Task.CompletedTask;

    public BinanceStreamsTests()
    {
        _exchange.On(Klines, Rows);
        _exchange.On("POST /fapi/v1/listenKey", """{"listenKey":"the-listen-key"}""").On("PUT /fapi/v1/listenKey", """{"listenKey":"the-listen-key"}""");
        _client = _exchange.Client();
        _volumes[_open] = 1;
    }

    public async ValueTask DisposeAsync()
    {
        await _ending.CancelAsync();
        try
        {
            await _reading;
        }
        catch (OperationCanceledException)
        {
            // As it should.
        }

        _client.Dispose();
        _ending.Dispose();
    }

    [Fact]
    public async Task ClosedBars_AClosedBarEvent_IsDeliveredOnce()
    {
        var socket = await ListenAsync();
        _sockets[0].Address.Should().Be(new Uri("ws://localhost:1/market/ws/btcusdt@kline_1m"));
        socket.Say(Event(0, closed: false));
        socket.Say(Event(0, closed: true));
        socket.Say(Event(0, closed: true));
        socket.Say(Event(1, closed: true));
        await ReceivedAsync(2);
        Bars.Should().Equal(Bar(0), Bar(1));
    }

    [Fact]
    public async Task ClosedBars_EventsOfOthersAndNonsense_AreIgnored()
    {
        var socket = await ListenAsync();
        socket.Say(Event(0, closed: true).Replace("BTCUSDT", "ETHUSDT", StringComparison.Ordinal));
        socket.Say(Event(0, closed: true).Replace("\"1m\"", "\"3m\"", StringComparison.Ordinal));
        socket.Say(Event(0, closed: true).Replace("\"h\":\"101\"", "\"h\":\"1\"", StringComparison.Ordinal));
        socket.Say("{\"result\":null,\"id\":1}");
        socket.Say("[]");
        socket.Say("{\"e\":\"kline\",\"k\":{");
        socket.Say(Event(0, closed: true));
        await ReceivedAsync(1);
        Bars.Should().Equal(Bar(0));
        _exchange.Log.Events.Count(name => name == "StreamMessageUnreadable").Should().Be(2);
    }

    [Fact]
    public async Task ClosedBars_TheConnectionIsLost_WhatWasMissedComesByRest_InOrder()
    {
        var socket = await ListenAsync();
        socket.Say(Event(0, closed: true));
        await ReceivedAsync(1);
        Trade(0, 1, 2, 3);
        socket.Break();
        await PassAsync(TimeSpan.FromMinutes(3));
        (await SocketAsync(2)).Say(Event(3, closed: true));
        await ReceivedAsync(4);
        Bars.Should().Equal(Bar(0), Bar(1), Bar(2), Bar(3));
        socket.IsAborted.Should().BeTrue();
        _exchange.Log.Events.Should().Contain("StreamLost").And.Contain("StreamGapFilled");
    }

    [Fact]
    public async Task ClosedBars_AnEventIsMissing_ComesByRestBeforeTheNext()
    {
        var socket = await ListenAsync();
        Trade(0, 1);
        await PassAsync(TimeSpan.FromSeconds(51));
        socket.Say(Event(1, closed: true));
        await ReceivedAsync(2);
        Bars.Should().Equal(Bar(0), Bar(1));
    }

    [Fact]
    public async Task ClosedBars_NoEventAfterTheClose_ComesByRest()
    {
        await ListenAsync();
        Trade(0, 1);
        await PassAsync(TimeSpan.FromSeconds(48 + 5));
        await ReceivedAsync(1);
        Bars.Should().Equal(Bar(0));
    }

    [Fact]
    public async Task ClosedBars_TheSameBarByRestAndByEvent_IsDeliveredOnce()
    {
        var socket = await ListenAsync();
        Trade(0, 1);
        await PassAsync(TimeSpan.FromSeconds(48 + 5));
        await ReceivedAsync(1);
        socket.Say(Event(0, closed: true));
        socket.Say(Event(1, closed: true));
        await ReceivedAsync(2);
        Bars.Should().Equal(Bar(0), Bar(1));
    }

    [Fact]
    public async Task ClosedBars_SilentWhileTheExchangeTrades_ConnectsAgain_AndFailsTheSecondTime()
    {
        var failure = FailureOf(ListenAsync(Interval.OneDay));
        await SocketAsync(1);
        _volumes[Interval.OneDay.OpenTimeAt(StubExchange.Now)] = 5;
        await PassAsync(TimeSpan.FromSeconds(60 + 5 + 1));
        await SocketAsync(2);
        _volumes[Interval.OneDay.OpenTimeAt(StubExchange.Now)] = 9;
        await PassAsync(TimeSpan.FromSeconds(60 + 5 + 1));
        var error = await failure;
        error.Message.Should().Contain("btcusdt@kline_1d is connected but silent");
        _exchange.Log.Events.Count(name => name == "StreamSilent").Should().Be(2);
        _sockets.Should().HaveCount(2);
    }

    [Fact]
    public async Task ClosedBars_SilentOverACloseWithTrades_IsNotTakenForAQuietMarket()
    {
        await ListenAsync();
        (_volumes[_open], _volumes[_open.AddMinutes(1)]) = (5, 0);
        await PassAsync(TimeSpan.FromSeconds(60 + 5 + 1));
        await SocketAsync(2);
        _exchange.Log.Events.Should().Contain("StreamSilent", "the bar that is open has no trade, but the one before had");
    }

    [Fact]
    public async Task ClosedBars_SilentInAQuietMarket_Waits()
    {
        _volumes[Interval.OneDay.OpenTimeAt(StubExchange.Now)] = 5;
        var socket = await ListenAsync(Interval.OneDay);
        await PassAsync(TimeSpan.FromMinutes(10));
        _sockets.Should().HaveCount(1);
        socket.IsAborted.Should().BeFalse();
        _exchange.Log.Events.Should().NotContain("StreamSilent");
    }

    [Fact]
    public async Task ClosedBars_AfterADay_TheConnectionIsChanged()
    {
        _volumes[Interval.OneDay.OpenTimeAt(StubExchange.Now)] = 5;
        _client.Options.StreamSilence = TimeSpan.FromHours(1);
        await ListenAsync(Interval.OneWeek);
        await PassAsync(TimeSpan.FromHours(23) + TimeSpan.FromSeconds(1));
        await SocketAsync(2);
        _exchange.Log.Lines.Should().Contain(line => line.Text.Contains("a day old", StringComparison.Ordinal));
    }

    [Fact]
    public async Task ClosedBars_ConnectionsThatFail_AreTriedAgainWithGrowingWaits()
    {
        _refusals = 5;
        var listening = ListenAsync();
        await PassAsync(TimeSpan.FromSeconds(20));
        await listening;
        var waits = _exchange.Log.Lines.Where(line => line.Event.Name == "StreamLost").Select(line => TimeSpan.Parse(line.Text.Split("again in ")[1], CultureInfo.InvariantCulture)).ToArray();
        waits.Should().HaveCount(5);
        waits.Zip([0.5, 1, 2, 4, 8]).Should().OnlyContain(pair => pair.First.TotalSeconds >= pair.Second / 2 && pair.First.TotalSeconds <= pair.Second);
    }

    [Fact]
    public async Task ClosedBars_TheExchangeRefusesForGood_Throws()
    {
        _exchange.On(Klines, _ => StubExchange.Error(400, -1121, "Invalid symbol."));
        (await FailureOf(ListenAsync())).Message.Should().Contain("Invalid symbol.");
    }

    [Fact]
    public async Task UserEvents_TheDocumentedEvents_HaveTheirValues()
    {
        var socket = await ListenToAccountAsync();
        _sockets[0].Address.Should().Be(new Uri("ws://localhost:1/private/ws/the-listen-key"));
        _exchange.Requests.Single(request => request.Path == "/fapi/v1/listenKey").ApiKey.Should().Be(StubExchange.ApiKey);
        foreach (var message in new[] { Samples.TradeLite, Samples.OrderTradeUpdate, Samples.AlgoUpdate, "{\"e\":\"EVENT_OF_TOMORROW\"}", "{", Samples.AccountUpdate, Samples.MarginCall, Samples.AccountConfigUpdate })
        {
            socket.Say(message);
        }

        await ReceivedAsync(6);
        var time = DateTimeOffset.FromUnixTimeMilliseconds(1795003000000);
        _received[0].Should().Be(new BinanceStreamConnected(StubExchange.Now));
        _received[1].Should().Be(new BinanceOrderUpdate(time, new OrderResult
        {
            Request = Orders.MarketBuy(),
            Status = OrderStatus.Filled,
            ExchangeOrderId = "880000000123",
            FilledQuantity = 0.02m,
            AveragePrice = 61200m,
            UpdatedAt = time,
        })
        {
            ExecutionType = "TRADE",
            TradeId = 5500000001,
            LastQuantity = 0.02m,
            LastPrice = 61200m,
            Commission = 0.612m,
            CommissionAsset = "USDT",
            RealizedProfit = 0,
            IsMaker = false,
        });
        _received[2].Should().Be(new BinanceAlgoOrderUpdate(
            DateTimeOffset.FromUnixTimeMilliseconds(1795003100000),
            new OrderResult { Request = Orders.Stop(), Status = OrderStatus.New, ExchangeOrderId = "4100000001", UpdatedAt = DateTimeOffset.FromUnixTimeMilliseconds(1795003100000) },
            "NEW",
            null));
        var account = _received[3].Should().BeOfType<BinanceAccountUpdate>().Subject;
        (account.Time, account.Reason).Should().Be((time, "ORDER"));
        account.Balances.Should().Equal(new BinanceBalanceChange("USDT", 2499.388m, 0));
        account.Positions.Should().Equal(new BinancePositionChange("BTCUSDT", "BOTH", new Position(0.02m, 61200m)));
        _received[4].Should().BeOfType<BinanceMarginCall>().Which.Positions.Should().Equal(new BinanceMarginCallPosition("BTCUSDT", 0.02m, 59100.1m, -41.998m, 4.728008m));
        _received[5].Should().Be(new BinanceLeverageChange(time, "BTCUSDT", 5));
        _exchange.Log.Events.Count(name => name == "StreamMessageUnreadable").Should().Be(1);
    }

    [Fact]
    public async Task UserEvents_AFillToldTwice_IsDeliveredOnce_AlsoAfterAReconnection()
    {
        var socket = await ListenToAccountAsync();
        socket.Say(Samples.OrderTradeUpdate);
        socket.Say(Samples.OrderTradeUpdate);
        socket.Break();
        await PassAsync(TimeSpan.FromSeconds(1));
        socket = await SocketAsync(2);
        socket.Say(Samples.OrderTradeUpdate);
        socket.Say(Samples.OrderTradeUpdate.Replace("5500000001", "5500000002", StringComparison.Ordinal));
        await ReceivedAsync(4);
        _received.Select(received => (received as BinanceOrderUpdate)?.TradeId).Should().Equal(null, 5500000001, null, 5500000002);
    }

    [Fact]
    public async Task UserEvents_TheKey_IsRenewedEveryHalfHour()
    {
        await ListenToAccountAsync();
        await PassAsync(TimeSpan.FromMinutes(95));
        await ClockDriving.SoonAsync(() => _exchange.Routes.Count(route => route == "PUT /fapi/v1/listenKey") == 3);
        _sockets.Should().HaveCount(1);
    }

    [Theory]
    [InlineData("event")]
    [InlineData("renewal")]
    [InlineData("close")]
    [InlineData("break")]
    public async Task UserEvents_TheKeyOrTheConnectionIsGone_ConnectsAnew_AndSaysSo(string how)
    {
        var socket = await ListenToAccountAsync();
        switch (how)
        {
            case "event":
                socket.Say(Samples.ListenKeyExpired);
                break;
            case "renewal":
                _exchange.On("PUT /fapi/v1/listenKey", _ => StubExchange.Error(400, -1125));
                await PassAsync(TimeSpan.FromMinutes(30));
                break;
            case "close":
                socket.Close();
                break;
            default:
                socket.Break();
                break;
        }

        await PassAsync(TimeSpan.FromSeconds(1));
        await SocketAsync(2);
        await ReceivedAsync(2);
        _received.Should().AllBeOfType<BinanceStreamConnected>();
        _exchange.Routes.Count(route => route == "POST /fapi/v1/listenKey").Should().Be(2);
    }

    [Fact]
    public async Task UserEvents_ARefusedKey_Throws()
    {
        _exchange.On("POST /fapi/v1/listenKey", _ => StubExchange.Error(401, -2015));
        var failure = FailureOf(ListenToAccountAsync());
        (await failure).Kind.Should().Be(ExchangeErrorKind.Authentication);
    }

    [Fact]
    public void Constructor_WithoutAnAddressOfStreams_Throws()
    {
        using var client = _exchange.Client(options => options.StreamAddress = null);
        var create = () => new BinanceStreams(client);
        create.Should().Throw<ArgumentException>().WithMessage("Streams need an address*");
    }

    private IEnumerable<Bar> Bars => _received.Cast<Bar>();

    private Bar Bar(int minute) => new(_open.AddMinutes(minute), TimeSpan.FromMinutes(1), 100, 101, 99, 100 + (minute / 100d), 1 + minute);

    private string Event(int minute, bool closed)
    {
        var (bar, time) = (Bar(minute), _open.AddMinutes(minute).ToUnixTimeMilliseconds());
        return string.Create(
            CultureInfo.InvariantCulture,
            $$"""{"e":"kline","E":{{time}},"s":"BTCUSDT","k":{"t":{{time}},"T":{{time + 59_999}},"s":"BTCUSDT","i":"1m","f":1,"L":2,"o":"100","c":"{{bar.Close}}","h":"101","l":"99","v":"{{bar.Volume}}","n":1,"x":{{(closed ? "true" : "false")}},"q":"1","V":"1","Q":"1","B":"0"},"st":1}""");
    }

    private void Trade(params int[] minutes)
    {
        foreach (var minute in minutes)
        {
            _volumes[_open.AddMinutes(minute)] = 1 + minute;
        }
    }

    private HttpResponseMessage Rows(StubRequest request)
    {
        var interval = Interval.Parse(request["interval"]!);
        var (start, end) = (request["startTime"] is null ? 0 : request.Number("startTime"), request["endTime"] is null ? long.MaxValue : request.Number("endTime"));
        var rows = new StringBuilder();
        foreach (var (time, volume) in _volumes.Where(row => interval.IsOpenTime(row.Key) && row.Key.ToUnixTimeMilliseconds() >= start && row.Key.ToUnixTimeMilliseconds() <= end).TakeLast((int)request.Number("limit")))
        {
            var minute = (int)(time - _open).TotalMinutes;
            rows.Append(CultureInfo.InvariantCulture, $"{(rows.Length > 0 ? "," : "")}[{time.ToUnixTimeMilliseconds()},\"100\",\"101\",\"99\",\"{100 + (Math.Max(0, minute) / 100d)}\",\"{volume}\",0,\"0\",0,\"0\",\"0\",\"0\"]");
        }

        return StubExchange.Json($"[{rows}]");
    }

    private Task<WebSocket> OpenAsync(Uri address, CancellationToken cancellationToken)
    {
        if (_refusals-- > 0)
        {
            throw new WebSocketException("refused");
        }

        var socket = new ScriptedSocket();
        lock (_sockets)
        {
            _sockets.Add((address, socket));
        }

        return Task.FromResult<WebSocket>(socket);
    }

    private Task<ScriptedSocket> ListenAsync(Interval? interval = null) =>
        StartAsync(new BinanceStreams(_client, OpenAsync).ClosedBarsAsync(TestBars.BtcUsdt, interval ?? Interval.OneMinute, _ending.Token));

    private Task<ScriptedSocket> ListenToAccountAsync() => StartAsync(new BinanceStreams(_client, OpenAsync).UserEventsAsync(_ending.Token));

    private Task<ScriptedSocket> StartAsync<T>(IAsyncEnumerable<T> stream)
    {
        _reading = Task.Run(async () =>
        {
            await foreach (var item in stream)
            {
                lock (_received)
                {
                    _received.Add(item!);
                }
            }
        });
        return SocketAsync(1);
    }

    private async Task<ExchangeException> FailureOf(Task listening)
    {
        await Task.Yield();
        var reading = () => _reading;
        var error = (await reading.Should().ThrowAsync<ExchangeException>()).Which;
        _reading = Task.CompletedTask;
        _ = listening.ContinueWith(task => task.Exception, TaskScheduler.Default);
        return error;
    }

    /// <summary>Waits for a connection, until its stream waits for messages.</summary>
    private async Task<ScriptedSocket> SocketAsync(int number)
    {
        await ClockDriving.SoonAsync(() =>
        {
            lock (_sockets)
            {
                return _sockets.Count >= number || _reading.IsCompleted;
            }
        });
        await QuietAsync();
        return _sockets[number - 1].Socket;
    }

    private Task ReceivedAsync(int count) => ClockDriving.SoonAsync(() =>
    {
        lock (_received)
        {
            return _received.Count >= count;
        }
    });

    // Nothing moves any more when a timer stands and the requests have stopped for a while.
    private async Task QuietAsync()
    {
        for (var (quiet, requests) = (0, -1); quiet < 5;)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(2), TimeProvider.System);
            var now = _exchange.Requests.Count;
            (quiet, requests) = (now == requests && (_exchange.Clock.UntilNextTimer is not null || _reading.IsCompleted) ? quiet + 1 : 0, now);
        }
    }

    /// <summary>Lets time pass from timer to timer, so that what waits goes on at its own instant.</summary>
    private async Task PassAsync(TimeSpan span)
    {
        var end = _exchange.Clock.GetUtcNow() + span;
        while (_exchange.Clock.GetUtcNow() < end)
        {
            await QuietAsync();
            var left = end - _exchange.Clock.GetUtcNow();
            var next = _exchange.Clock.UntilNextTimer is { } timer && timer < left ? timer : left;
            var by = next > TimeSpan.Zero ? next : TimeSpan.FromMilliseconds(1);
            await Task.Run(() => _exchange.Clock.Advance(by));
        }

        await QuietAsync();
    }
}
