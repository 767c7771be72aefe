using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using TradingBot.FakeBinance.Control;
using TradingBot.FakeBinance.Protocol;
using TradingBot.FakeBinance.Streams;
using TradingBot.FakeBinance.Venue;
using TradingBot.Market;
using TradingBot.Simulation;

namespace TradingBot.FakeBinance;

/// <summary>A server on the loopback address that speaks Binance's protocol for USD-M futures, REST and WebSocket, over a simulated exchange.</summary>
/// <remarks>
/// <para>The time lies in the running bar, of which only the open is known: it is the last price and the mark price. A market order fills
/// there at once; conditional and limit orders are met as the bars advance. The methods may be called from any thread.</para>
/// <para>What the protocol's clients see and what is left out is described in <c>docs/fake-binance.md</c>.</para>
/// </remarks>
public sealed class FakeBinanceServer : IAsyncDisposable
{
    private static readonly TimeSpan Pulse = TimeSpan.FromSeconds(1);
    private readonly FaultPlan _faults = new();
    private readonly WebApplication _application;
    private readonly Task _pulse;
    private int _isDisposed;

    private FakeBinanceServer(FakeBinanceOptions options)
    {
        Venue = new FakeVenue(options, _faults);
        TimeProvider = new ServerTimeProvider(Venue.Clock, options.TimeProvider);
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, options.Port));
        _application = builder.Build();
        _application.UseWebSockets();
        var (rest, streams, control) = (new RestServer(Venue, _faults), new StreamServer(Venue.Hub, options), new ControlServer(this));
        _application.Run(context => Route(context, rest, streams, control));
        _pulse = options.Clock == ClockMode.Real ? PulseAsync(Venue.Hub.Closing) : Task.CompletedTask;
    }

    /// <summary>Gets the address of REST requests, such as <c>http://127.0.0.1:40123</c>; paths like <c>/fapi/v1/time</c> are appended.</summary>
    public Uri RestAddress { get; private set; } = null!;

    /// <summary>Gets the address of stream connections, such as <c>ws://127.0.0.1:40123</c>; paths like <c>/market/stream</c> are appended.</summary>
    public Uri StreamAddress { get; private set; } = null!;

    /// <summary>Gets the server's clock, for clients in the same process; its timers are those of the time provider that was given.</summary>
    public TimeProvider TimeProvider { get; }

    /// <summary>Gets the server's time, in UTC, apart from <see cref="ClockSkew"/>.</summary>
    public DateTimeOffset Time => TimeProvider.GetUtcNow();

    /// <summary>Gets the exchange behind the server. It is not thread-safe: read it while no request is under way.</summary>
    public SimulatedExchange Exchange => Venue.Exchange;

    /// <summary>Gets the bars, moved to the present where the clock is real.</summary>
    public BarSeries Bars => Venue.Feed.Bars;

    /// <summary>Gets the number of bars that are closed.</summary>
    public int ClosedBars
    {
        get
        {
            lock (Venue.Gate)
            {
                return Venue.Feed.Running;
            }
        }
    }

    /// <summary>Gets or sets how far the clock that clients are told and held against is ahead; below zero it is behind.</summary>
    public TimeSpan ClockSkew
    {
        get => TimeSpan.FromMilliseconds(Venue.Clock.SkewMilliseconds);
        set
        {
            lock (Venue.Gate)
            {
                Venue.Clock.SkewMilliseconds = (long)value.TotalMilliseconds;
            }
        }
    }

    /// <summary>Gets or sets a value indicating whether the market is open; in a closed one, orders that would open a position are refused.</summary>
    /// <value>The default is <see langword="true"/>.</value>
    public bool IsMarketOpen
    {
        get
        {
            lock (Venue.Gate)
            {
                return Venue.IsMarketOpen;
            }
        }

        set
        {
            lock (Venue.Gate)
            {
                Venue.IsMarketOpen = value;
            }
        }
    }

    internal FakeVenue Venue { get; }

    internal IReadOnlyList<(ServerFault Fault, int Left)> PendingFaults => _faults.List();

    /// <summary>Starts a server.</summary>
    /// <exception cref="ArgumentException">The options do not fit together; the message says what was expected.</exception>
    /// <exception cref="IOException">The port is taken.</exception>
    public static async Task<FakeBinanceServer> StartAsync(FakeBinanceOptions options, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(options);
        var server = new FakeBinanceServer(options);
        try
        {
            await server._application.StartAsync(cancellationToken).ConfigureAwait(false);
        }
        catch
        {
            await server.DisposeAsync().ConfigureAwait(false);
            throw;
        }

        var addresses = server._application.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>();
        server.RestAddress = new Uri(addresses!.Addresses.Single());
        server.StreamAddress = new UriBuilder(server.RestAddress) { Scheme = "ws" }.Uri;
        return server;
    }

    /// <summary>Closes the running bar: orders and the position meet it, streams tell of it, and the next one opens.</summary>
    /// <exception cref="InvalidOperationException">No bar is left.</exception>
    public void AdvanceBar() => AdvanceBars(1);

    /// <summary>Closes bars one after the other.</summary>
    /// <param name="count">How many; 0 or more.</param>
    /// <exception cref="InvalidOperationException">Fewer bars are left, or the clock is real.</exception>
    public void AdvanceBars(int count)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        lock (Venue.Gate)
        {
            if (Venue.Options.Clock != ClockMode.Manual)
            {
                throw new InvalidOperationException("Under a real clock the bars advance by themselves.");
            }

            for (var i = 0; i < count; i++)
            {
                Venue.AdvanceBar();
            }
        }
    }

    /// <summary>Moves a manual clock forward, closing the bars that end until then.</summary>
    /// <param name="time">The instant, not before <see cref="Time"/>.</param>
    /// <exception cref="InvalidOperationException">The instant is past, or the clock is real.</exception>
    public void SetTime(DateTimeOffset time)
    {
        lock (Venue.Gate)
        {
            Venue.SetTime(time.ToUnixTimeMilliseconds());
        }
    }

    /// <summary>Lets something go wrong. Faults are independent of one another, and each ends when it has happened as often as it says.</summary>
    public void Inject(ServerFault fault)
    {
        ArgumentNullException.ThrowIfNull(fault);
        _faults.Add(fault);
    }

    /// <summary>Forgets the faults that have not happened yet.</summary>
    public void ClearFaults() => _faults.Clear();

    /// <summary>Breaks every stream connection.</summary>
    /// <returns>The number of connections.</returns>
    public int Disconnect() => Venue.Hub.Disconnect();

    /// <summary>Ends the key of the user stream and says so on the stream.</summary>
    public void ExpireListenKey()
    {
        lock (Venue.Gate)
        {
            Venue.Hub.ExpireListenKeysNow(Venue.Clock.Shown);
        }
    }

    /// <summary>Breaks every connection and stops.</summary>
    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _isDisposed, 1) != 0)
        {
            return;
        }

        await Venue.Hub.CloseAsync().ConfigureAwait(false);
        await _pulse.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await _application.StopAsync().ConfigureAwait(false);
        await _application.DisposeAsync().ConfigureAwait(false);
        Venue.Hub.Dispose();
    }

    private static Task Route(HttpContext context, RestServer rest, StreamServer streams, ControlServer control) =>
        context.WebSockets.IsWebSocketRequest ? streams.ServeAsync(context)
        : context.Request.Path.StartsWithSegments(ControlServer.Prefix, StringComparison.Ordinal) ? control.ServeAsync(context)
        : rest.ServeAsync(context);

    private async Task PulseAsync(CancellationToken cancellationToken)
    {
        while (!cancellationToken.IsCancellationRequested)
        {
            await Task.Delay(Pulse, Venue.Options.TimeProvider, cancellationToken).ConfigureAwait(false);
            lock (Venue.Gate)
            {
                Venue.Sync();
                Venue.Publish(isAdvanced: false);
            }
        }
    }
}
