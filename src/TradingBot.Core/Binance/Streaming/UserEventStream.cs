using System.Text.Json;
using System.Threading.Channels;
using TradingBot.Binance.Protocol;
using TradingBot.Trading;

namespace TradingBot.Binance.Streaming;

/// <summary>Delivers the events of the account, and keeps the key of their stream alive.</summary>
internal sealed class UserEventStream(BinanceClient client, SocketOpener opener, ChannelWriter<BinanceUserEvent> writer)
{
    private const string Name = "account events";
    private static readonly TimeSpan RenewEvery = TimeSpan.FromMinutes(30);
    private static readonly TimeSpan RenewAgain = TimeSpan.FromMinutes(1);
    private readonly RecentFills _fills = new();

    public Task RunAsync(CancellationToken cancellationToken) =>
        new StreamSession(client, opener, Name).RunAsync(AddressAsync, UseAsync, cancellationToken);

    private async Task<Uri> AddressAsync(CancellationToken cancellationToken)
    {
        var key = await client.Account.CreateListenKeyAsync(cancellationToken).ConfigureAwait(false);
        return new Uri(client.Options.EffectiveStreamAddress!, $"/private/ws/{Uri.EscapeDataString(key)}");
    }

    private async Task<StreamOutcome> UseAsync(StreamConnection connection, CancellationToken cancellationToken)
    {
        var now = await client.Market.GetExchangeTimeAsync(cancellationToken).ConfigureAwait(false);
        await writer.WriteAsync(new BinanceStreamConnected(now), cancellationToken).ConfigureAwait(false);
        var opened = client.Time.GetTimestamp();
        var (renewAt, served) = (RenewEvery, false);
        while (true)
        {
            var age = client.Time.GetElapsedTime(opened);
            if (age >= StreamSession.MaxAge)
            {
                return new StreamOutcome("a day old", true);
            }

            if (age >= renewAt)
            {
                if (await RenewAsync(cancellationToken).ConfigureAwait(false) is not { } wait)
                {
                    return new StreamOutcome("its key is gone", true);
                }

                renewAt = age + wait;
            }

            var until = renewAt < StreamSession.MaxAge ? renewAt : StreamSession.MaxAge;
            var read = await connection.ReadAsync(until - age, cancellationToken).ConfigureAwait(false);
            if (read.EndReason is { } ended)
            {
                return new StreamOutcome(ended, served);
            }

            if (read.Message is { } message)
            {
                served = true;
                if (!await TakeAsync(message, cancellationToken).ConfigureAwait(false))
                {
                    return new StreamOutcome("its key has expired", true);
                }
            }
        }
    }

    /// <summary>Renews the key; returns the time to the next renewal, or <see langword="null"/> when the key is gone.</summary>
    private async Task<TimeSpan?> RenewAsync(CancellationToken cancellationToken)
    {
        try
        {
            await client.Account.RenewListenKeyAsync(cancellationToken).ConfigureAwait(false);
            return RenewEvery;
        }
        catch (ExchangeException e) when (e.Code == BinanceErrors.ListenKeyGone)
        {
            return null;
        }
        catch (ExchangeException e) when (e.IsTransient)
        {
            return RenewAgain;
        }
    }

    /// <summary>Takes over a message; <see langword="false"/> when it says that the key has expired.</summary>
    private async Task<bool> TakeAsync(byte[] message, CancellationToken cancellationToken)
    {
        BinanceUserEvent? read;
        try
        {
            var kind = UserEventReader.KindOf(message);
            if (kind == UserEventReader.ListenKeyExpired)
            {
                return false;
            }

            read = UserEventReader.Read(kind, message);
        }
        catch (Exception e) when (e is JsonException or FormatException)
        {
            client.Logger.StreamMessageUnreadable(Name, e.GetType().Name, (e as JsonException)?.Path);
            return true;
        }

        if (read is not null && !_fills.IsRepeated(read))
        {
            await writer.WriteAsync(read, cancellationToken).ConfigureAwait(false);
        }

        return true;
    }
}
