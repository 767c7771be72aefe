using System.Globalization;
using System.Net.Http.Headers;
using Microsoft.Extensions.Logging;
using TradingBot.Trading;

namespace TradingBot.Binance.Protocol;

/// <summary>Keeps requests below the exchange's limits by letting them wait. What the exchange says it counted goes before the own count.</summary>
internal sealed class RateGate(ExchangeClock clock, TimeProvider time, BinanceOptions options, ILogger logger)
{
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan TenSeconds = TimeSpan.FromSeconds(10);
    private readonly Lock _sync = new();
    private readonly RateWindow _weight = new(Minute, 2400);
    private readonly RateWindow _ordersPerMinute = new(Minute, 1200);
    private readonly RateWindow _ordersPerTenSeconds = new(TenSeconds, 300);

    // Not among the limits that the exchange publishes with its rules, nor in the headers of its answers.
    private readonly RateWindow _fundingReads = new(TimeSpan.FromMinutes(5), 500);
    private DateTimeOffset _blockedUntil;

    /// <summary>Gets the weight counted in the current minute.</summary>
    public int UsedWeight
    {
        get
        {
            lock (_sync)
            {
                return _weight.UsedAt(clock.GetUtcNow());
            }
        }
    }

    /// <summary>Waits until a request may be sent, and counts it.</summary>
    /// <returns>The instant at which it was counted, to be handed back to <see cref="Complete"/>.</returns>
    /// <exception cref="ExchangeException">The wait would be longer than the options allow.</exception>
    public async ValueTask<DateTimeOffset> AcquireAsync(BinanceRequest request, CancellationToken cancellationToken)
    {
        var longest = request.Kind == RequestKind.Trade ? options.RequestTimeout : options.MaxRateLimitWait;
        var started = time.GetTimestamp();
        while (true)
        {
            TimeSpan wait;
            lock (_sync)
            {
                var now = clock.GetUtcNow();
                wait = WaitFor(request, now);
                if (wait <= TimeSpan.Zero)
                {
                    _weight.Take(now, request.Weight);
                    _ordersPerMinute.Take(now, request.Orders);
                    _ordersPerTenSeconds.Take(now, request.Orders);
                    _fundingReads.Take(now, request.FundingReads);
                    return now;
                }
            }

            if (time.GetElapsedTime(started) + wait > longest)
            {
                throw new ExchangeException(
                    ExchangeErrorKind.RateLimited,
                    string.Create(CultureInfo.InvariantCulture, $"{request}: not sent, the exchange's limits leave no room for {wait.TotalSeconds:0.#} s; expected at most {longest.TotalSeconds:0.#} s."))
                {
                    RetryAfter = wait,
                };
            }

            logger.WaitingForLimit(request.Method, request.Path, wait);
            await Task.Delay(wait, time, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Ends a request, with the headers of its answer if there was one.</summary>
    public void Complete(BinanceRequest request, DateTimeOffset sent, HttpResponseHeaders? headers)
    {
        var weight = Count(headers, "X-MBX-USED-WEIGHT-1M");
        var minute = Count(headers, "X-MBX-ORDER-COUNT-1M");
        var tenSeconds = Count(headers, "X-MBX-ORDER-COUNT-10S");
        lock (_sync)
        {
            var now = clock.GetUtcNow();
            _weight.Complete(sent, now, request.Weight, weight);
            _ordersPerMinute.Complete(sent, now, request.Orders, minute);
            _ordersPerTenSeconds.Complete(sent, now, request.Orders, tenSeconds);
            _fundingReads.Complete(sent, now, request.FundingReads, null);
        }
    }

    /// <summary>Stops every request for as long as the exchange asks, or until the next minute if it does not say.</summary>
    /// <returns>How long that is.</returns>
    public TimeSpan Block(TimeSpan? retryAfter, DateTimeOffset? until)
    {
        lock (_sync)
        {
            var now = clock.GetUtcNow();
            var end = until ?? now + (retryAfter ?? _weight.UntilNext(now));
            _blockedUntil = end > _blockedUntil ? end : _blockedUntil;
            return _blockedUntil - now;
        }
    }

    /// <summary>Takes over the limits that the exchange publishes.</summary>
    public void SetLimits(IEnumerable<BinanceRateLimit> limits)
    {
        lock (_sync)
        {
            foreach (var limit in limits)
            {
                var window = limit switch
                {
                    { RateLimitType: "REQUEST_WEIGHT", Interval: "MINUTE", IntervalNum: 1 } => _weight,
                    { RateLimitType: "ORDERS", Interval: "MINUTE", IntervalNum: 1 } => _ordersPerMinute,
                    { RateLimitType: "ORDERS", Interval: "SECOND", IntervalNum: 10 } => _ordersPerTenSeconds,
                    _ => null,
                };
                if (window is not null && limit.Limit > 0)
                {
                    window.Limit = limit.Limit;
                }
            }
        }
    }

    private TimeSpan WaitFor(BinanceRequest request, DateTimeOffset now)
    {
        var wait = _blockedUntil - now;
        if (!_weight.Fits(now, request.Weight, request.Kind == RequestKind.Read ? options.ReservedShare : 0))
        {
            wait = Max(wait, _weight.UntilNext(now));
        }

        if (!_ordersPerMinute.Fits(now, request.Orders, 0))
        {
            wait = Max(wait, _ordersPerMinute.UntilNext(now));
        }

        if (!_ordersPerTenSeconds.Fits(now, request.Orders, 0))
        {
            wait = Max(wait, _ordersPerTenSeconds.UntilNext(now));
        }

        return _fundingReads.Fits(now, request.FundingReads, 0) ? wait : Max(wait, _fundingReads.UntilNext(now));
    }

    private static TimeSpan Max(TimeSpan first, TimeSpan second) => first > second ? first : second;

    private static int? Count(HttpResponseHeaders? headers, string name) =>
        headers is not null
        && headers.TryGetValues(name, out var values)
        && int.TryParse(values.FirstOrDefault(), NumberStyles.None, CultureInfo.InvariantCulture, out var count)
            ? count
            : null;
}
