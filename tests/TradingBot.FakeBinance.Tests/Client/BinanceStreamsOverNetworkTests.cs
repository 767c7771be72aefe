using System.Net.WebSockets;
using TradingBot.Binance;
using TradingBot.Core.Tests.Binance;
using TradingBot.Market;
using TradingBot.Trading;

namespace TradingBot.FakeBinance.Tests.Client;

/// <summary>The client's streams over real sockets, with the clock in the test's hand.</summary>
public sealed class BinanceStreamsOverNetworkTests : IAsyncLifetime, IDisposable
{
    private static readonly Bar[] Bars = [.. Enumerable.Range(0, 60).Select(i => Rig.Bar(i))];
    private readonly CancellationTokenSource _ending = new();
    private readonly List<object> _received = [];
    private BinanceRig _rig = null!;
    private Task _reading = Task.CompletedTask;

    public async Task InitializeAsync() => await StartAsync();

    public async Task DisposeAsync()
    {
        await _ending.CancelAsync();
        await _reading.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await _rig.DisposeAsync();
    }

    public void Dispose() => _ending.Dispose();

    [Fact]
    public async Task ClosedBars_ConnectionBroken_ReconnectsSubscribesAgainAndFillsTheGap()
    {
        await ListenToBarsAsync();
        _rig.Server.AdvanceBar();
        await ReceivedAsync(1);

        _rig.Server.Disconnect().Should().Be(1);
        await ClockDriving.SoonAsync(() => Subscriptions == 0);
        _rig.Server.AdvanceBars(3);
        await _rig.Client.Market.GetServerTimeAsync();
        await PassUntilAsync(() => Subscriptions == 1 && Count == 4);
        _rig.Server.AdvanceBar();
        await ReceivedAsync(5);

        _received.Should().Equal(Bars[10..15].Cast<object>(), "each once, in order, also those that closed meanwhile");
    }

    [Fact]
    public async Task ClosedBars_ConnectionBrokenAgainAndAgain_MissesNothing()
    {
        await ListenToBarsAsync();
        for (var i = 0; i < 5; i++)
        {
            _rig.Server.Disconnect().Should().Be(1);
            await ClockDriving.SoonAsync(() => Subscriptions == 0);
            await PassUntilAsync(() => Subscriptions == 1);
            _rig.Server.AdvanceBar();
            await ReceivedAsync(i + 1);
        }

        _received.Should().Equal(Bars[10..15].Cast<object>());
    }

    [Fact]
    public async Task ClosedBars_EventsTwiceLateAndLost_EachBarIsDeliveredOnceAndInOrder()
    {
        await ListenToBarsAsync();
        _rig.Server.Inject(ServerFault.DuplicateEvent() with { Event = "kline", Times = 2 });
        _rig.Server.AdvanceBar();
        await ReceivedAsync(1);

        // The closed bar's event comes after the first one of the next bar.
        _rig.Server.Inject(ServerFault.ReorderEvent() with { Event = "kline" });
        _rig.Server.AdvanceBar();
        await ReceivedAsync(2);

        _rig.Server.Inject(ServerFault.LoseEvent() with { Event = "kline", Times = 2 });
        _rig.Server.AdvanceBars(2);
        await ReceivedAsync(4);

        _received.Should().Equal(Bars[10..14].Cast<object>());
    }

    [Fact]
    public async Task ClosedBars_ConnectedButSilentWhileTheExchangeTrades_IsAnError()
    {
        _rig.Server.Inject(ServerFault.LoseEvent() with { Event = "kline", Times = 1_000 });
        await ListenToBarsAsync();

        var reading = () => _reading;
        for (var connection = 0; connection < 2; connection++)
        {
            // It listens; a bar closes, a minute passes, REST tells of trades, and five seconds later there is still no event.
            await UntilItWaitsAsync(TimeSpan.FromSeconds(50), TimeSpan.FromSeconds(60));
            _rig.Server.AdvanceBar();
            _rig.Time.Advance(TimeSpan.FromSeconds(60));
            await UntilItWaitsAsync(TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(5));
            _rig.Time.Advance(TimeSpan.FromSeconds(5));
            await ClockDriving.SoonAsync(() => Subscriptions == 0);
            await PassUntilAsync(() => Subscriptions == 1 || _reading.IsCompleted);
        }

        (await reading.Should().ThrowAsync<ExchangeException>()).Which.Message.Should().StartWith(
            "Stream btcusdt@kline_1h is connected but silent while the REST service shows trades, on 2 connections in a row");
    }

    [Fact]
    public async Task ClosedBars_AfterADay_TheConnectionIsChangedBeforeTheServerCutsIt()
    {
        await RestartAsync(DailyBars);
        await ListenToBarsAsync(Interval.OneDay);
        await UntilItWaitsAsync(TimeSpan.FromSeconds(60), TimeSpan.FromSeconds(60));

        _rig.Time.Advance(TimeSpan.FromHours(23));
        await ClockDriving.SoonAsync(() => Subscriptions == 0);
        await PassUntilAsync(() => Subscriptions == 1);
        _rig.Server.AdvanceBar();
        await ReceivedAsync(1);

        _received.Should().Equal(_rig.Server.Bars[10]);
    }

    [Fact]
    public async Task ClosedBars_ServerCutsAConnectionOfItsAge_IsConnectedAnew()
    {
        await RestartAsync(time => Options(time, TimeSpan.FromMinutes(10)));
        await ListenToBarsAsync();

        for (var i = 0; i < 3; i++)
        {
            _rig.Time.Advance(TimeSpan.FromMinutes(10));
            await ClockDriving.SoonAsync(() => Subscriptions == 0);
            await PassUntilAsync(() => Subscriptions == 1);
        }

        _rig.Server.AdvanceBar();
        await ReceivedAsync(1);
        _received.Should().Equal(Bars[10]);
    }

    [Fact]
    public async Task Server_ConnectionOfADay_IsCut()
    {
        using var client = await StreamClient.ConnectAsync(_rig.Protocol, "/market/ws/btcusdt@kline_1h");
        await client.ReceiveAsync();

        _rig.Time.Advance(TimeSpan.FromHours(24));

        await client.Invoking(c => c.ReceiveAsync()).Should().ThrowAsync<WebSocketException>();
    }

    [Fact]
    public async Task Pings_OfTheServer_AreAnswered_AndWhoDoesNotIsCut()
    {
        await RestartAsync(time => Options(time, TimeSpan.FromHours(24), ping: TimeSpan.FromMilliseconds(50), pong: TimeSpan.FromSeconds(3)));
        await ListenToBarsAsync();
        await ListenToAccountAsync();

        using var deaf = await DeafStreamClient.ConnectAsync(_rig.Server.StreamAddress, "/market/ws/btcusdt@kline_1h");
        await deaf.UntilPingedAsync();
        await deaf.UntilCutAsync();

        // Both of the client's connections are older, and alive; one that is cut would wait for the clock.
        await ClockDriving.SoonAsync(() => Subscriptions == 2);
        _rig.Server.AdvanceBar();
        await ReceivedAsync(2);
        _received.Should().BeEquivalentTo<object>([Bars[10], new BinanceStreamConnected(_rig.Server.Bars.OpenTimeAt(10))]);
    }

    [Fact]
    public async Task UserEvents_OrderOverTheNetwork_ComesAsTheExchangeHasIt()
    {
        await ListenToAccountAsync();
        await new BinanceOrderer(_rig.Client).SubmitAsync(BinanceRig.Market(Side.Buy, 0.02m, "a"));
        await ReceivedAsync(4);

        var fill = _rig.Server.Exchange.Fills.Single();
        var filled = _received.OfType<BinanceOrderUpdate>().Single(update => update.TradeId is not null);
        (filled.Order.ClientOrderId, filled.Order.Status, filled.Order.FilledQuantity, filled.Order.AveragePrice).Should().Be(("a", OrderStatus.Filled, 0.02m, fill.Price));
        (filled.LastQuantity, filled.LastPrice, filled.Commission, filled.IsMaker).Should().Be((0.02m, fill.Price, fill.Fee, false));
        var account = _received.OfType<BinanceAccountUpdate>().Single();
        account.Balances.Should().ContainSingle().Which.Should().Be(new BinanceBalanceChange("USDT", _rig.Server.Exchange.Balance, 0));
        account.Positions.Should().ContainSingle().Which.Position.Should().Be(new Position(0.02m, fill.Price));
    }

    [Fact]
    public async Task UserEvents_FillToldTwice_IsDeliveredOnce()
    {
        await ListenToAccountAsync();
        _rig.Server.Inject(ServerFault.DuplicateEvent() with { Event = "ORDER_TRADE_UPDATE", Skip = 1 });
        _rig.Server.Inject(ServerFault.ReorderEvent() with { Event = "ACCOUNT_UPDATE", Skip = 1 });
        var orderer = new BinanceOrderer(_rig.Client);
        await orderer.SubmitAsync(BinanceRig.Market(Side.Buy, 0.02m, "a"));
        await orderer.SubmitAsync(BinanceRig.Market(Side.Buy, 0.02m, "b"));
        await orderer.SubmitAsync(BinanceRig.Market(Side.Buy, 0.02m, "c"));
        await ReceivedAsync(10);

        var fills = _received.OfType<BinanceOrderUpdate>().Where(update => update.TradeId is not null).ToArray();
        fills.Select(update => update.Order.ClientOrderId).Should().Equal("a", "b", "c");
        fills.Sum(update => update.LastQuantity).Should().Be(_rig.Server.Exchange.Fills.Sum(fill => fill.Quantity));
        _received.OfType<BinanceAccountUpdate>().Should().HaveCount(3);
    }

    [Fact]
    public async Task UserEvents_ListenKeyExpires_GoesOnWithANewOne_AndSaysThatSomethingMayBeMissing()
    {
        await ListenToAccountAsync();
        var key = _rig.Server.Venue.ListenKeys.Current;

        _rig.Server.ExpireListenKey();
        await PassUntilAsync(() => Count == 2 && Subscriptions == 1);
        await new BinanceOrderer(_rig.Client).SubmitAsync(BinanceRig.Market(Side.Buy, 0.02m, "a"));
        await ReceivedAsync(5);

        _received[..2].Should().AllBeOfType<BinanceStreamConnected>();
        _rig.Server.Venue.ListenKeys.Current.Should().NotBeNull().And.NotBe(key);
        _received.OfType<BinanceOrderUpdate>().Should().HaveCount(2);
    }

    [Fact]
    public async Task UserEvents_ForHours_TheListenKeyIsKeptAlive()
    {
        await RestartAsync(DailyBars);
        await ListenToAccountAsync();
        var key = _rig.Server.Venue.ListenKeys.Current;

        for (var i = 0; i < 6; i++)
        {
            await UntilItWaitsAsync(TimeSpan.FromMinutes(30), TimeSpan.FromMinutes(30));
            _rig.Time.Advance(TimeSpan.FromMinutes(30));
        }

        await UntilItWaitsAsync(TimeSpan.FromMinutes(30), TimeSpan.FromMinutes(30));
        await new BinanceOrderer(_rig.Client).SubmitAsync(BinanceRig.Market(Side.Buy, 0.02m, "a"));
        await ReceivedAsync(4);

        _rig.Server.Venue.ListenKeys.Current.Should().Be(key, "a key lives for an hour unless it is renewed");
        _received.OfType<BinanceStreamConnected>().Should().ContainSingle("the connection is still the first");
    }

    [Fact]
    public async Task UserEvents_ConnectionBroken_IsConnectedAnew_AndSaysThatSomethingMayBeMissing()
    {
        await ListenToAccountAsync();

        _rig.Server.Disconnect().Should().Be(1);
        await PassUntilAsync(() => Count == 2 && Subscriptions == 1);
        await new BinanceOrderer(_rig.Client).SubmitAsync(BinanceRig.Market(Side.Buy, 0.02m, "a"));
        await ReceivedAsync(5);

        _received[..2].Should().AllBeOfType<BinanceStreamConnected>();
        _received.OfType<BinanceOrderUpdate>().Should().HaveCount(2);
    }

    private int Subscriptions => _rig.Server.Venue.Hub.Subscriptions;

    private int Count
    {
        get
        {
            lock (_received)
            {
                return _received.Count;
            }
        }
    }

    // The server's time never leaves its running bar, which here is long enough.
    private static FakeBinanceOptions DailyBars(Testing.ManualTimeProvider time) => Rig.Options(
        time,
        BarSeries.Create(BinanceRig.Symbol, Interval.OneDay, GapPolicy.Reject, Enumerable.Range(0, 20).Select(i => new Bar(Rig.Start.AddDays(i), TimeSpan.FromDays(1), 61_000, 61_100, 60_900, 61_050, 10))));

    private static FakeBinanceOptions Options(Testing.ManualTimeProvider time, TimeSpan longest, TimeSpan? ping = null, TimeSpan? pong = null) => new()
    {
        Bars = Rig.Bars(),
        ClosedBars = Rig.Closed,
        ApiKey = Rig.Key,
        ApiSecret = Rig.Secret,
        TimeProvider = time,
        Exchange = Rig.Exchange(),
        LongestConnection = longest,
        PingInterval = ping ?? TimeSpan.FromMinutes(3),
        PongTimeout = pong ?? TimeSpan.FromMinutes(10),
    };

    // Requests have real time to arrive while the test moves the clock.
    private async Task StartAsync(Func<Testing.ManualTimeProvider, FakeBinanceOptions>? server = null) =>
        _rig = await BinanceRig.StartAsync(options => options.RequestTimeout = TimeSpan.FromMinutes(5), server);

    private async Task RestartAsync(Func<Testing.ManualTimeProvider, FakeBinanceOptions> server)
    {
        await _rig.DisposeAsync();
        await StartAsync(server);
    }

    private Task ListenToBarsAsync(Interval? interval = null) =>
        ListenAsync(new BinanceStreams(_rig.Client).ClosedBarsAsync(BinanceRig.Symbol, interval ?? Interval.OneHour, _ending.Token));

    private async Task ListenToAccountAsync()
    {
        var before = Count;
        await ListenAsync(new BinanceStreams(_rig.Client).UserEventsAsync(_ending.Token));
        await ReceivedAsync(before + 1);
    }

    private async Task ListenAsync<T>(IAsyncEnumerable<T> stream)
    {
        var before = Subscriptions;
        _reading = Task.WhenAll(_reading, Task.Run(async () =>
        {
            await foreach (var item in stream)
            {
                lock (_received)
                {
                    _received.Add(item!);
                }
            }
        }));
        await ClockDriving.SoonAsync(() => Subscriptions == before + 1);
    }

    private Task ReceivedAsync(int count) => ClockDriving.SoonAsync(() => Count >= count);

    /// <summary>Waits until nothing is under way but the stream itself, which looks up again after a while.</summary>
    private Task UntilItWaitsAsync(TimeSpan least, TimeSpan most) =>
        ClockDriving.SoonAsync(() => _rig.Time.UntilNextTimer is { } wait && wait >= least && wait <= most);

    /// <summary>Lets time pass until something has happened that the client waits for.</summary>
    private Task PassUntilAsync(Func<bool> condition) => ClockDriving.SoonAsync(() =>
    {
        if (condition())
        {
            return true;
        }

        _rig.Time.Advance(TimeSpan.FromMilliseconds(50));
        return false;
    });
}
