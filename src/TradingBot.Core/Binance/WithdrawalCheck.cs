using System.Text.Json;
using TradingBot.Binance.Protocol;
using TradingBot.Trading;

namespace TradingBot.Binance;

/// <summary>Refuses a key that may withdraw, where the exchange tells what a key may do.</summary>
/// <remarks>It is asked once, and so is what it does not answer: a spot market that cannot be reached must not hold up every entry. After a refusal it is
/// asked again, because the permission may have been switched off since.</remarks>
internal sealed class WithdrawalCheck(BinanceClient client)
{
    private const string Path = "/sapi/v1/account/apiRestrictions";
    private volatile bool _isDone;

    /// <exception cref="ExchangeException">The key may withdraw.</exception>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        if (_isDone || client.Options.KeyPermissionsAddress is not { } address)
        {
            return;
        }

        var mayWithdraw = false;
        try
        {
            var request = new BinanceRequest(HttpMethod.Get, Path, weight: 0) { Security = RequestSecurity.Signed, Address = address };
            mayWithdraw = await client.Transport.SendOnceAsync(
                request, static body => JsonSerializer.Deserialize(body, BinanceJson.Default.KeyPermissionsAnswer)?.EnableWithdrawals ?? throw new JsonException("Expected an object."), cancellationToken).ConfigureAwait(false);
        }
        catch (ExchangeException e)
        {
            client.Logger.KeyPermissionsUnknown(e.Message);
        }

        if (mayWithdraw)
        {
            throw new ExchangeException(
                ExchangeErrorKind.Authentication,
                "The API key may withdraw funds, and is refused: a bot does not need that, and whoever finds the key could empty the account. Switch off 'Enable Withdrawals' for it in Binance's API management.");
        }

        _isDone = true;
    }
}
