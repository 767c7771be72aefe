namespace TradingBot.FakeBinance.Protocol;

/// <summary>Counts request weight and orders in windows that lie on the server's clock.</summary>
internal sealed class RateLimits(FakeBinanceOptions options)
{
    private const long TenSeconds = 10_000;
    private const long Minute = 60_000;
    private const long BanLength = 2 * Minute;
    private const long FiveMinutes = 5 * Minute;
    private readonly Window _weight = new(Minute);
    private readonly Window _refusals = new(Minute);
    private readonly Window _ordersTenSeconds = new(TenSeconds);
    private readonly Window _ordersMinute = new(Minute);
    private readonly Window _funding = new(FiveMinutes);
    private long _bannedUntil = long.MinValue;

    internal int UsedWeight(long now) => _weight.Count(now);

    internal int OrdersTenSeconds(long now) => _ordersTenSeconds.Count(now);

    internal int OrdersMinute(long now) => _ordersMinute.Count(now);

    /// <summary>Counts the weight of a request, or refuses it.</summary>
    internal void Charge(int weight, long now)
    {
        if (now < _bannedUntil)
        {
            throw Banned(now);
        }

        _weight.Add(weight, now);
        if (_weight.Count(now) > options.RequestWeightPerMinute)
        {
            throw TooMany($"{options.RequestWeightPerMinute} requests per minute", _weight, now);
        }
    }

    /// <summary>Counts a request for funding, or refuses it.</summary>
    internal void ChargeFunding(long now)
    {
        _funding.Add(1, now);
        if (_funding.Count(now) > options.FundingRequestsPerFiveMinutes)
        {
            throw TooMany($"{options.FundingRequestsPerFiveMinutes} requests per 5 minutes", _funding, now);
        }
    }

    /// <summary>Counts orders, or refuses them.</summary>
    internal void ChargeOrders(int tenSeconds, int minute, long now)
    {
        Check(_ordersTenSeconds, tenSeconds, options.OrdersPerTenSeconds, "10 SECOND", now);
        Check(_ordersMinute, minute, options.OrdersPerMinute, "1 MINUTE", now);
        _ordersTenSeconds.Add(tenSeconds, now);
        _ordersMinute.Add(minute, now);
    }

    private static void Check(Window window, int count, int limit, string length, long now)
    {
        if (count > 0 && window.Count(now) + count > limit)
        {
            throw new ApiError(-1015, $"Too many new orders; current limit is {limit} orders per {length}.", 429)
            {
                RetryAfter = Seconds(window.Length - (now % window.Length)),
            };
        }
    }

    private static int Seconds(long milliseconds) => (int)((milliseconds + 999) / 1_000);

    private ApiError TooMany(string limit, Window window, long now)
    {
        _refusals.Add(1, now);
        if (_refusals.Count(now) > options.RefusalsBeforeBan)
        {
            _bannedUntil = now + BanLength;
            return Banned(now);
        }

        return new ApiError(-1003, $"Too many requests; current limit is {limit}. Please use the websocket for live updates to avoid polling the API.", 429)
        {
            RetryAfter = Seconds(window.Length - (now % window.Length)),
        };
    }

    private ApiError Banned(long now) => new(
        -1003, $"Way too many requests; IP banned until {_bannedUntil}. Please use the websocket for live updates to avoid bans.", 418)
    {
        RetryAfter = Seconds(_bannedUntil - now),
    };

    private sealed class Window(long length)
    {
        private long _start = long.MinValue;
        private int _count;

        internal long Length => length;

        internal int Count(long now) => now - (now % length) == _start ? _count : 0;

        internal void Add(int count, long now)
        {
            var before = Count(now);
            (_start, _count) = (now - (now % length), before + count);
        }
    }
}
