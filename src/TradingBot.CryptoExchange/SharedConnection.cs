using Microsoft.Extensions.Logging;

namespace TradingBot.CryptoExchange;

/// <summary>What fetcher and orderer of one exchange share.</summary>
internal sealed class SharedConnection
{
    public SharedConnection(SharedClient client, SharedExchangeOptions options, TimeProvider time, ILogger logger)
    {
        (Client, Options, Logger) = (client, options, logger);
        Calls = new ExchangeCalls(new ExchangeErrors(client.Specifics), options.ReadAttempts, time);
        Clock = new ExchangeClock(time);
        Symbols = new SymbolListing(client, Calls, time);
    }

    public SharedClient Client { get; }

    public SharedExchangeOptions Options { get; }

    public ILogger Logger { get; }

    public ExchangeCalls Calls { get; }

    public ExchangeClock Clock { get; }

    public SymbolListing Symbols { get; }
}
