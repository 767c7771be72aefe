using System.Net.WebSockets;
using TradingBot.Binance.Protocol;
using TradingBot.Trading;

namespace TradingBot.Binance.Streaming;

/// <summary>Keeps a stream alive: connects, hands the connection over, and connects again when it ends, with growing waits.</summary>
internal sealed class StreamSession(BinanceClient client, SocketOpener opener, string name)
{
    // The exchange cuts a connection after 24 hours; before that it is changed in peace.
    internal static readonly TimeSpan MaxAge = TimeSpan.FromHours(23);
    private static readonly TimeSpan FirstWait = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(30);

    /// <summary>Runs until canceled, or until a failure that another attempt would meet again.</summary>
    /// <param name="address">Gives the address of each connection.</param>
    /// <param name="use">Uses a connection until it ends.</param>
    /// <param name="cancellationToken">Ends the stream.</param>
    public async Task RunAsync(
        Func<CancellationToken, Task<Uri>> address, Func<StreamConnection, CancellationToken, Task<StreamOutcome>> use, CancellationToken cancellationToken)
    {
        for (var attempt = 0; ; attempt++)
        {
            string reason;
            try
            {
                var connection = await StreamConnection.OpenAsync(opener, await address(cancellationToken).ConfigureAwait(false), client.Time, cancellationToken).ConfigureAwait(false);
                await using (connection.ConfigureAwait(false))
                {
                    client.Logger.StreamConnected(name);
                    (reason, var served) = await use(connection, cancellationToken).ConfigureAwait(false);
                    attempt = served ? 0 : attempt;
                }
            }
            catch (WebSocketException)
            {
                reason = "could not connect";
            }
            catch (ExchangeException e) when (e.IsTransient)
            {
                reason = e.Message;
            }

            var wait = client.Transport.Jitter.Backoff(FirstWait, LongestWait, attempt);
            client.Logger.StreamLost(name, reason, wait);
            await Task.Delay(wait, client.Time, cancellationToken).ConfigureAwait(false);
        }
    }
}
