namespace TradingBot.Binance.Streaming;

/// <summary>Remembers the latest fills, as the exchange may tell one twice; what is added up must count it once.</summary>
internal sealed class RecentFills
{
    private const int Most = 1_000;
    private readonly HashSet<(string Symbol, long TradeId)> _known = [];
    private readonly Queue<(string Symbol, long TradeId)> _ages = new();

    /// <summary>Tells whether an event is a fill that was told before, and remembers it. A fill has its id for one contract only.</summary>
    public bool IsRepeated(BinanceUserEvent told)
    {
        if (told is not BinanceOrderUpdate { TradeId: { } id } update)
        {
            return false;
        }

        var fill = (update.Order.Request.Symbol.Id, id);
        if (!_known.Add(fill))
        {
            return true;
        }

        _ages.Enqueue(fill);
        if (_ages.Count > Most)
        {
            _known.Remove(_ages.Dequeue());
        }

        return false;
    }
}
