using TradingBot.Trading;

namespace TradingBot.Binance;

/// <summary>Remembers the orders that this process lately sent and that were not refused, as the exchange lets an id be used again once its order is done.</summary>
internal sealed class SentOrders
{
    private const int Most = 1_000;
    private readonly Lock _sync = new();
    private readonly HashSet<OrderQuery> _known = [];
    private readonly Queue<OrderQuery> _ages = new();

    public bool Contains(OrderQuery order)
    {
        lock (_sync)
        {
            return _known.Contains(order);
        }
    }

    public void Add(OrderQuery order)
    {
        lock (_sync)
        {
            if (!_known.Add(order))
            {
                return;
            }

            _ages.Enqueue(order);
            if (_ages.Count > Most)
            {
                _known.Remove(_ages.Dequeue());
            }
        }
    }
}
