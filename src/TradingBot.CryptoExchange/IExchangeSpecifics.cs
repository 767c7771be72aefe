using CryptoExchange.Net.Objects;
using TradingBot.Trading;

namespace TradingBot.CryptoExchange;

/// <summary>What the shared interfaces lack and a bot needs, for one exchange.</summary>
internal interface IExchangeSpecifics
{
    /// <summary>Gets the orders that wait for a trigger.</summary>
    IConditionalOrders ConditionalOrders { get; }

    /// <summary>Tells what an error means where its type does not say it, or not exactly.</summary>
    ErrorMeaning? MeaningOf(Error error);

    /// <summary>Tells whether an error says that the exchange does not know an order, or not as an open one.</summary>
    bool IsUnknownOrder(Error error);

    /// <summary>Reads the margin mode and changes it if it differs.</summary>
    Task SetMarginModeAsync(AccountSetup setup, ExchangeCalls calls, CancellationToken cancellationToken);
}
