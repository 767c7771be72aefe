namespace TradingBot.Simulation;

/// <summary>The latest orders that ended without a fill. Older ones are forgotten, as on an exchange, so that a long run keeps only its trades.</summary>
internal sealed class OrderHistory
{
    private const int Capacity = 1_000;
    private readonly Queue<(SimulatedMarket Market, SimulatedOrder Order)> _retired = new();

    internal void Retire(SimulatedMarket market, SimulatedOrder order)
    {
        if (_retired.Count == Capacity)
        {
            var (oldMarket, oldOrder) = _retired.Dequeue();
            oldMarket.Forget(oldOrder);
        }

        _retired.Enqueue((market, order));
    }
}
