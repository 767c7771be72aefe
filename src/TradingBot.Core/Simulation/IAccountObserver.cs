namespace TradingBot.Simulation;

/// <summary>Is told of everything that happens to an account, while it happens and without an object for it.</summary>
internal interface IAccountObserver
{
    /// <summary>Takes in that an order was accepted, canceled or expired, or filled.</summary>
    void OrderChanged(SimulatedOrder order);

    /// <summary>Takes in a trade; the order's change follows.</summary>
    /// <param name="fill">The latest of the account's fills.</param>
    /// <param name="order">The order, or <see langword="null"/> for a liquidation.</param>
    void Filled(in FillRow fill, SimulatedOrder? order);

    /// <summary>Takes in a change of the wallet balance.</summary>
    /// <param name="entry">The latest of the account's entries.</param>
    void BalanceChanged(in LedgerRow entry);
}
