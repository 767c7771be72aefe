using TradingBot.Trading;

namespace TradingBot.Simulation;

/// <summary>Something that happened on a simulated exchange, told in the order in which it happened.</summary>
public abstract record ExchangeEvent
{
    private ExchangeEvent()
    {
    }

    /// <summary>An order was accepted, canceled or expired, or filled.</summary>
    /// <param name="Order">Its state after the change.</param>
    public sealed record OrderChanged(OrderResult Order) : ExchangeEvent;

    /// <summary>A trade was made; the order's change follows.</summary>
    /// <param name="Fill">The trade.</param>
    public sealed record Filled(Fill Fill) : ExchangeEvent;

    /// <summary>The wallet balance changed.</summary>
    /// <param name="Entry">The change.</param>
    public sealed record BalanceChanged(LedgerEntry Entry) : ExchangeEvent;
}
