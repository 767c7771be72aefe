using TradingBot.Market;
using TradingBot.Testing;
using TradingBot.Trading;

namespace TradingBot.History.Tests;

/// <summary>An exchange that has bars from a first one up to its clock, counts what it is asked, and can be made to fail.</summary>
internal sealed class ListedMarket(DateTimeOffset listed) : IFetcher
{
    private readonly Lock _sync = new();
    private readonly List<BarRequest> _requests = [];

    public ManualTimeProvider Clock { get; } = new(new DateTimeOffset(2026, 11, 18, 12, 0, 12, TimeSpan.Zero));

    public HashSet<DateTimeOffset> Missing { get; } = [];

    public Dictionary<DateTimeOffset, double> Changed { get; } = [];

    /// <summary>Gets or sets how many requests are answered before the rest fails.</summary>
    public int AnswersLeft { get; set; } = int.MaxValue;

    /// <summary>Gets or sets how late the exchange is with its newest bar.</summary>
    public TimeSpan Delay { get; set; }

    public IReadOnlyList<BarRequest> Requests
    {
        get
        {
            lock (_sync)
            {
                return [.. _requests];
            }
        }
    }

    public void Forget()
    {
        lock (_sync)
        {
            _requests.Clear();
        }
    }

    public Task<BarSeries> FetchBarsAsync(BarRequest request, CancellationToken cancellationToken = default)
    {
        lock (_sync)
        {
            _requests.Add(request);
            if (AnswersLeft-- <= 0)
            {
                throw new ExchangeException(ExchangeErrorKind.Transient, "The exchange is gone.");
            }
        }

        var builder = new BarSeriesBuilder(request.Symbol, request.Interval, request.GapPolicy);
        var end = request.Interval.OpenTimeAt(Clock.GetUtcNow() - Delay);
        for (var time = request.From!.Value; time < request.To!.Value && time < end; time += request.Interval.Length)
        {
            if (time + request.Interval.Length > listed && !Missing.Contains(time))
            {
                builder.Add(Bar(time, request.Interval));
            }
        }

        return Task.FromResult(builder.Build());
    }

    public Bar Bar(DateTimeOffset time, Interval interval)
    {
        var close = Changed.GetValueOrDefault(time, 1000 + (time.ToUnixTimeSeconds() / 60 % 1000));
        return new Bar(time, interval.Length, 1500, 3000, 500, close, 0.1);
    }

    public Task<SymbolInfo> FetchSymbolInfoAsync(Symbol symbol, CancellationToken cancellationToken = default) => throw new NotSupportedException();

    public Task<MarketPrice> FetchPriceAsync(Symbol symbol, CancellationToken cancellationToken = default) => throw new NotSupportedException();
}
