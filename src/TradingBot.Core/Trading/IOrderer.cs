using TradingBot.Market;

namespace TradingBot.Trading;

/// <summary>Trades on an account of an exchange, real or simulated.</summary>
public interface IOrderer
{
    /// <summary>Reads how the account is set for a symbol and changes what differs, so that orders behave as planned.</summary>
    /// <exception cref="ExchangeException">The exchange did not answer, or refuses the setting, for instance because a position is open.</exception>
    Task PrepareAsync(AccountSetup setup, CancellationToken cancellationToken = default);

    /// <summary>Reads balance, position and open orders.</summary>
    /// <exception cref="ExchangeException">The exchange did not answer, or refused.</exception>
    Task<AccountSnapshot> GetAccountAsync(Symbol symbol, CancellationToken cancellationToken = default);

    /// <summary>Sends an order, once. A refusal and a lost answer are results, not exceptions.</summary>
    /// <remarks>An order whose id is known already is not traded again: the answer is that order as it stands.</remarks>
    /// <returns>The order's state; <see cref="OrderStatus.Unknown"/> when the answer was lost.</returns>
    /// <exception cref="ExchangeException">The order certainly did not reach the exchange.</exception>
    Task<OrderResult> SubmitAsync(OrderRequest order, CancellationToken cancellationToken = default);

    /// <summary>Looks an order up by its owner's id.</summary>
    /// <returns>The order's state, or <see langword="null"/> when the exchange does not know the id.</returns>
    /// <exception cref="ExchangeException">The exchange did not answer, or refused.</exception>
    Task<OrderResult?> FindAsync(OrderQuery query, CancellationToken cancellationToken = default);

    /// <summary>Cancels an order.</summary>
    /// <returns>The order's state after the attempt; a finished order stays as it was. <see langword="null"/> when the exchange does not know the id.</returns>
    /// <exception cref="ExchangeException">The exchange did not answer, or refused.</exception>
    Task<OrderResult?> CancelAsync(OrderQuery query, CancellationToken cancellationToken = default);
}
