namespace TradingBot.Simulation;

/// <summary>Tells what happens to an account as events.</summary>
internal sealed class EventObserver(Action<ExchangeEvent> tell, IReadOnlyList<Fill> fills, IReadOnlyList<LedgerEntry> ledger) : IAccountObserver
{
    public Action<ExchangeEvent> Tell { get; } = tell;

    public void OrderChanged(SimulatedOrder order) => Tell(new ExchangeEvent.OrderChanged(order.ToResult()));

    public void Filled(in FillRow fill, SimulatedOrder? order) => Tell(new ExchangeEvent.Filled(fills[^1]));

    public void BalanceChanged(in LedgerRow entry) => Tell(new ExchangeEvent.BalanceChanged(ledger[^1]));
}
