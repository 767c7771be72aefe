using System.Globalization;
using TradingBot.FakeBinance.Protocol;
using TradingBot.FakeBinance.Streams;
using TradingBot.Market;
using TradingBot.Simulation;

namespace TradingBot.FakeBinance.Venue;

/// <summary>The one exchange behind the endpoints and streams. Everything here runs under <see cref="Gate"/>.</summary>
internal sealed class FakeVenue
{
    private long _cancelAllAt = long.MaxValue;

    internal FakeVenue(FakeBinanceOptions options, FaultPlan faults)
    {
        Options = options;
        var (bars, running) = VenueBars.Prepare(options);
        Feed = new BarFeed(bars, running);
        Exchange = new SimulatedExchange(VenueListing.Prepare(options, bars, Feed.Price));
        Listing = Exchange.ListingOf(bars.Symbol);
        Format = new SymbolFormat(Listing.Info);
        Clock = new VenueClock(options.Clock, options.TimeProvider);
        Clock.Set(Feed.Boundary, Feed.RunningEnd);
        Limits = new RateLimits(options);
        ListenKeys = new ListenKeys(options.TimeProvider, options.ApiKey);
        Hub = new StreamHub(faults, ListenKeys);
        Events = new MarketEvents(this);
        Hub.Greeting = Greet;
        Journal = new AccountJournal(this, new UserEvents(this));
        Desk = new OrderDesk(this);
        Exchange.Observer = Journal.Observe;
        StartTime = Now;
        Tick(StartTime);
        Journal.Write();
    }

    internal Lock Gate { get; } = new();

    internal FakeBinanceOptions Options { get; }

    internal BarFeed Feed { get; }

    internal VenueClock Clock { get; }

    internal SimulatedExchange Exchange { get; }

    internal MarketListing Listing { get; }

    internal SymbolFormat Format { get; }

    internal Symbol Symbol => Listing.Info.Symbol;

    internal bool IsMarketOpen { get; set; } = true;

    internal string Asset => Symbol.SettleAsset;

    internal RateLimits Limits { get; }

    internal ListenKeys ListenKeys { get; }

    internal StreamHub Hub { get; }

    internal MarketEvents Events { get; }

    internal AccountJournal Journal { get; }

    internal OrderDesk Desk { get; }

    internal long Now => Clock.Now;

    internal long StartTime { get; }

    /// <summary>Refuses a request that does not name the one symbol.</summary>
    internal void CheckSymbol(ApiRequest request, string name = "symbol")
    {
        if (request.Required(name) != Symbol.Id)
        {
            throw ApiError.InvalidSymbol();
        }
    }

    /// <summary>Refuses to open a position in a closed market.</summary>
    internal void CheckMarketOpen(bool reduces)
    {
        if (!IsMarketOpen && !reduces)
        {
            throw new ApiError(-4140, "Invalid symbol status for opening position.");
        }
    }

    /// <summary>Lets the last known price meet what was submitted.</summary>
    internal void Tick(long now) => Exchange.AdvanceTick(Symbol, EventTime(now), Feed.Price);

    /// <summary>Closes the running bar.</summary>
    /// <exception cref="InvalidOperationException">No bar is left.</exception>
    internal void AdvanceBar()
    {
        if (!Feed.HasRunning)
        {
            throw new InvalidOperationException($"All {Feed.Bars.Count} bars are closed; none is left to advance.");
        }

        Exchange.Advance(Feed.Bars, Feed.Running);
        Feed.MoveOn();
        Clock.Set(Feed.Boundary, Feed.RunningEnd);
        Tick(Now);
        Journal.Write();
        Publish(isAdvanced: true);
        EndWhatIsDue();
    }

    /// <summary>Moves a manual clock forward, closing the bars that end until then.</summary>
    internal void SetTime(long milliseconds)
    {
        if (Options.Clock != ClockMode.Manual)
        {
            throw new InvalidOperationException("A real clock cannot be set.");
        }

        if (milliseconds < Now)
        {
            throw new InvalidOperationException(string.Create(CultureInfo.InvariantCulture, $"The time is {Now} already; it cannot go back to {milliseconds}."));
        }

        while (Feed.HasRunning && Feed.RunningEnd <= milliseconds)
        {
            AdvanceBar();
        }

        Clock.Set(milliseconds, Feed.RunningEnd);
        EndWhatIsDue();
    }

    /// <summary>Does what the passing of time asks for.</summary>
    internal void Sync()
    {
        while (Options.Clock == ClockMode.Real && Feed.HasRunning && Feed.RunningEnd <= Now)
        {
            AdvanceBar();
        }

        EndWhatIsDue();
    }

    internal void CancelAllAfter(long milliseconds) => _cancelAllAt = milliseconds == 0 ? long.MaxValue : Now + milliseconds;

    /// <summary>Publishes every subscribed market stream.</summary>
    internal void Publish(bool isAdvanced)
    {
        foreach (var name in Hub.Names())
        {
            foreach (var message in Events.Of(name, isAdvanced))
            {
                Hub.Publish(message);
            }
        }
    }

    private void Greet(StreamConnection connection, string name)
    {
        lock (Gate)
        {
            foreach (var message in Events.Of(name, isAdvanced: false))
            {
                Hub.Offer(connection, message);
            }
        }
    }

    private void EndWhatIsDue()
    {
        if (Now >= _cancelAllAt)
        {
            _cancelAllAt = long.MaxValue;
            Desk.CancelAll();
        }

        Desk.ExpireDated();
        Hub.ExpireListenKeys(Now);
    }

    // A late start of a real clock must not lie before what was traded.
    private DateTimeOffset EventTime(long now) => DateTimeOffset.FromUnixTimeMilliseconds(
        Math.Max(Math.Min(now, Feed.RunningEnd - 1), Exchange.Time?.ToUnixTimeMilliseconds() ?? long.MinValue));
}
