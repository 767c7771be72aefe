using TradingBot.Market;
using TradingBot.Trading;

namespace TradingBot.Simulation;

/// <summary>One USD-margined perpetual account on a simulated exchange.</summary>
public sealed class SimulatedExchange
{
    /// <summary>Initializes an exchange with an empty book and a flat account.</summary>
    public SimulatedExchange(SimulatedExchangeOptions options) => Options = options;

    /// <summary>Gets how the exchange is set.</summary>
    public SimulatedExchangeOptions Options { get; }

    /// <summary>Gets or sets what is told of everything that happens.</summary>
    public Action<ExchangeEvent>? Observer { get; set; }

    /// <summary>Gets the UTC instant of the last event.</summary>
    public DateTimeOffset Time => throw new NotSupportedException();

    /// <summary>Gets the wallet balance.</summary>
    public decimal Balance => throw new NotSupportedException();

    /// <summary>Gets what is free for new margin.</summary>
    public decimal AvailableBalance => throw new NotSupportedException();

    /// <summary>Gets the balance plus the unrealised profit of every position.</summary>
    public decimal Equity => throw new NotSupportedException();

    /// <summary>Gets every trade so far.</summary>
    public IReadOnlyList<Fill> Fills => throw new NotSupportedException();

    /// <summary>Gets every change of the balance so far.</summary>
    public IReadOnlyList<LedgerEntry> Ledger => throw new NotSupportedException();

    /// <summary>Gets the position in a symbol.</summary>
    public Position PositionOf(Symbol symbol) => throw new NotSupportedException();

    /// <summary>Gets the position in a symbol with its margin.</summary>
    public PositionRisk RiskOf(Symbol symbol) => throw new NotSupportedException();

    /// <summary>Gets the open orders of a symbol.</summary>
    public IReadOnlyList<OrderResult> OpenOrdersOf(Symbol symbol) => throw new NotSupportedException();

    /// <summary>Gets balance, position and open orders.</summary>
    public AccountSnapshot GetAccount(Symbol symbol) => throw new NotSupportedException();

    /// <summary>Gets the trading rules of a symbol.</summary>
    public MarketListing ListingOf(Symbol symbol) => throw new NotSupportedException();

    /// <summary>Submits an order.</summary>
    public OrderResult Submit(OrderRequest order) => throw new NotSupportedException();

    /// <summary>Looks an order up.</summary>
    public OrderResult? Find(Symbol symbol, string clientOrderId) => throw new NotSupportedException();

    /// <summary>Cancels an order.</summary>
    public OrderResult? Cancel(Symbol symbol, string clientOrderId) => throw new NotSupportedException();

    /// <summary>Sets the leverage; throws ExchangeException (Rejected) where refused.</summary>
    public void SetLeverage(Symbol symbol, int leverage) => throw new NotSupportedException();

    /// <summary>Sets the margin mode; throws ExchangeException (Rejected) where refused.</summary>
    public void SetMarginMode(Symbol symbol, MarginMode mode) => throw new NotSupportedException();

    /// <summary>Trades a bar.</summary>
    public void Advance(Symbol symbol, in Bar bar) => throw new NotSupportedException();

    /// <summary>Trades a bar of a series.</summary>
    public void Advance(BarSeries bars, int index) => throw new NotSupportedException();

    /// <summary>Trades a price.</summary>
    public void AdvanceTick(Symbol symbol, DateTimeOffset time, decimal price) => throw new NotSupportedException();
}
