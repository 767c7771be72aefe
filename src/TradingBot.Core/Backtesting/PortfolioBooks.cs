using TradingBot.Simulation;

namespace TradingBot.Backtesting;

/// <summary>Tells the book of each market what happens there.</summary>
/// <param name="exchange">The exchange.</param>
/// <param name="books">The books, in the order in which the exchange lists the markets.</param>
internal sealed class PortfolioBooks(SimulatedExchange exchange, TradeBook[] books) : IAccountObserver
{
    public void OrderChanged(SimulatedOrder order) => books[exchange.MarketOf(order.Request.Symbol).Index].OrderChanged(order);

    public void Filled(in FillRow fill, SimulatedOrder? order) => books[fill.Market].Filled(fill, order);

    public void BalanceChanged(in LedgerRow entry) => books[entry.Market].BalanceChanged(entry);
}
