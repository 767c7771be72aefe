using TradingBot.Simulation;
using TradingBot.Trading;

namespace TradingBot.Backtesting;

/// <summary>One run of a portfolio: the loop that <see cref="PortfolioBacktester"/> describes.</summary>
/// <param name="markets">The markets, in the order of listing.</param>
/// <param name="exchange">The exchange that lists them.</param>
/// <param name="limits">Settings with the limits of the account.</param>
/// <param name="closes">The number of instants at which bars close.</param>
internal sealed class PortfolioRun(MarketRun[] markets, SimulatedExchange exchange, TradeSettings limits, int closes)
{
    private readonly bool _hasLimits = limits.MaxDailyLoss is not null || limits.MaxDrawdown is not null;
    private readonly bool[] _closed = new bool[markets.Length];
    private readonly long[] _times = GC.AllocateUninitializedArray<long>(closes);
    private readonly double[] _equity = GC.AllocateUninitializedArray<double>(closes);
    private readonly double[] _held = GC.AllocateUninitializedArray<double>(closes);
    private RiskState _risk = RiskState.Initial;
    private int _count;

    /// <summary>Gets the instants at which bars closed, in milliseconds since 1970-01-01 UTC.</summary>
    public long[] Times => _times;

    /// <summary>Gets the account's equity at those instants.</summary>
    public double[] Equity => _equity;

    /// <summary>Gets what <see cref="FirstHolding"/> in every market is worth in all at those instants.</summary>
    public double[] Holdings => _held;

    /// <summary>Gets the money that is put into each market to be held: the price of one coin of the first, so that holding one market is holding its price.</summary>
    public double FirstHolding { get; } = markets[0].FirstOpen;

    /// <summary>Gets the number of those instants at which anything was held.</summary>
    public int ClosesInMarket { get; private set; }

    /// <summary>Gets what the limits of the account remember.</summary>
    public RiskState Risk => _risk;

    /// <summary>Trades every bar of every market.</summary>
    public void Trade()
    {
        while (NextEvent() is var time && time != long.MaxValue)
        {
            if (CloseBars(time))
            {
                Mark(time);
                Decide(time);
            }

            foreach (var market in markets)
            {
                if (market.OpensAt(time))
                {
                    market.Open();
                }
            }
        }
    }

    private long NextEvent()
    {
        var next = long.MaxValue;
        foreach (var market in markets)
        {
            next = Math.Min(next, market.NextEvent);
        }

        return next;
    }

    /// <summary>Trades the bars that end at an instant, and the parts of bars. While they are traded inside, each knows of the others what was known when they
    /// opened; only then do all prices move to their closes.</summary>
    /// <returns>Whether a whole bar has ended; <see cref="_closed"/> has the markets.</returns>
    private bool CloseBars(long time)
    {
        var any = false;
        for (var i = 0; i < markets.Length; i++)
        {
            _closed[i] = markets[i].ClosesAt(time);
            if (_closed[i])
            {
                any = true;
                markets[i].TradeInside();
            }
        }

        if (!any)
        {
            return false;
        }

        ForClosed(static market => market.MarkClose());
        ForClosed(static market => market.Close());
        any = false;
        for (var i = 0; i < markets.Length; i++)
        {
            _closed[i] = _closed[i] && markets[i].GoOn();
            any |= _closed[i];
        }

        return any;
    }

    private void ForClosed(Action<MarketRun> act)
    {
        for (var i = 0; i < markets.Length; i++)
        {
            if (_closed[i])
            {
                act(markets[i]);
            }
        }
    }

    private void Mark(long time)
    {
        // A balance of nothing can be a negative zero, which nobody wants to read.
        var equity = (double)exchange.Balance + 0d;
        var (held, isHeld) = (0d, false);
        foreach (var market in markets)
        {
            held += market.Hold(FirstHolding);
            if (market.HoldsPosition)
            {
                isHeld = true;
                equity += market.Profit;
            }
        }

        (_times[_count], _equity[_count], _held[_count]) = (time, equity, held);
        _count++;
        ClosesInMarket += isHeld ? 1 : 0;
    }

    private void Decide(long time)
    {
        if (_hasLimits)
        {
            // The instant belongs to the day that ends with it, as a bar belongs to the day in which it opens.
            _risk = _risk.Observe(exchange.Equity, DateTimeOffset.FromUnixTimeMilliseconds(time - 1), DateTimeOffset.FromUnixTimeMilliseconds(time), limits);
        }

        for (var i = 0; i < markets.Length; i++)
        {
            if (_closed[i])
            {
                markets[i].Decide(_risk);
            }
        }

        ForClosed(static market => market.Carry());
    }
}
