using TradingBot.Trading;

namespace TradingBot.Binance;

/// <summary>Remembers the orders that this process sent lately, as the exchange lets an id be used again once its order is done.</summary>
internal sealed class SentOrders
{
    private const int Most = 1_000;
    private readonly Lock _sync = new();
    private readonly HashSet<OrderQuery> _known = [];
    private readonly Queue<OrderQuery> _ages = new();

    /// <summary>Adds an order; <see langword="false"/> when it is known.</summary>
    public bool Add(OrderQuery order)
    {
        lock (_sync)
        {
            if (!_known.Add(order))
            {
                return false;
            }

            _ages.Enqueue(order);
            if (_ages.Count > Most)
            {
                _known.Remove(_ages.Dequeue());
            }

            return true;
        }
    }
}
