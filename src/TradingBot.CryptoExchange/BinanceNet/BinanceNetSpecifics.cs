using Binance.Net.Enums;
using Binance.Net.Interfaces.Clients.UsdFuturesApi;
using CryptoExchange.Net.Objects;
using TradingBot.Trading;

namespace TradingBot.CryptoExchange.BinanceNet;

/// <summary>What the shared interfaces lack of Binance USD-M futures: margin modes, and conditional orders that can be found again.</summary>
internal sealed class BinanceNetSpecifics(IBinanceRestClientUsdFuturesApi client) : IExchangeSpecifics
{
    public IConditionalOrders ConditionalOrders { get; } = new BinanceNetConditionalOrders(client.Trading);

    public ErrorMeaning? MeaningOf(Error error) => BinanceNetErrors.MeaningOf(error);

    public bool IsUnknownOrder(Error error) => BinanceNetErrors.IsUnknownOrder(error);

    public async Task SetMarginModeAsync(AccountSetup setup, ExchangeCalls calls, CancellationToken cancellationToken)
    {
        var wanted = setup.MarginMode == MarginMode.Isolated ? FuturesMarginType.Isolated : FuturesMarginType.Cross;
        if (setup.MarginMode == MarginMode.Isolated)
        {
            await SetSingleAssetAsync(calls, cancellationToken).ConfigureAwait(false);
        }

        if (await ReadAsync(setup, calls, cancellationToken).ConfigureAwait(false) == wanted)
        {
            return;
        }

        const string Operation = "set the margin mode";
        var changed = await calls.TryTradeAsync(Operation, token => client.Account.ChangeMarginTypeAsync(setup.Symbol.Id, wanted, ct: token), cancellationToken).ConfigureAwait(false);
        if (!changed.Success && changed.Error!.Code != BinanceNetErrors.MarginTypeAlreadySet)
        {
            throw calls.Refusal(Operation, changed);
        }

        if (await ReadAsync(setup, calls, cancellationToken).ConfigureAwait(false) is var found && found != wanted)
        {
            throw new ExchangeException(ExchangeErrorKind.Rejected, $"{setup.Symbol} has the margin mode {found} after asking for {wanted}.");
        }
    }

    // Isolated margin does not exist in the multi-assets mode.
    private async Task SetSingleAssetAsync(ExchangeCalls calls, CancellationToken cancellationToken)
    {
        var account = await calls.ReadAsync("read the account's settings", token => client.Account.GetAccountConfigurationAsync(ct: token), cancellationToken).ConfigureAwait(false);
        if (account.Data!.MultiAssetsMargin)
        {
            await calls.ChangeAsync("set the single-asset mode", token => client.Account.SetMultiAssetsModeAsync(false, ct: token), cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task<FuturesMarginType?> ReadAsync(AccountSetup setup, ExchangeCalls calls, CancellationToken cancellationToken)
    {
        var answer = await calls.ReadAsync(
            "read the margin mode", token => client.Account.GetSymbolConfigurationAsync(setup.Symbol.Id, ct: token), cancellationToken).ConfigureAwait(false);
        return Array.Find(answer.Data!, entry => entry.Symbol == setup.Symbol.Id)?.MarginType;
    }
}
