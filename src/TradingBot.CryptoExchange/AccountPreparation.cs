using System.Globalization;
using CryptoExchange.Net.SharedApis;
using TradingBot.Trading;

namespace TradingBot.CryptoExchange;

/// <summary>Sets an account as a bot needs it: reads first, changes only what differs, and checks what it changed.</summary>
internal static class AccountPreparation
{
    public static async Task RunAsync(SharedConnection connection, AccountSetup setup, CancellationToken cancellationToken)
    {
        if (setup.Leverage is < 1 or > 125)
        {
            throw new ArgumentOutOfRangeException(nameof(setup), setup.Leverage, "Expected a leverage from 1 to 125.");
        }

        await SetOneWayAsync(connection, setup, cancellationToken).ConfigureAwait(false);
        if (connection.Client.Specifics is { } specifics)
        {
            await specifics.SetMarginModeAsync(setup, connection.Calls, cancellationToken).ConfigureAwait(false);
        }

        await SetLeverageAsync(connection, setup, cancellationToken).ConfigureAwait(false);
    }

    private static async Task SetOneWayAsync(SharedConnection connection, AccountSetup setup, CancellationToken cancellationToken)
    {
        var client = connection.Client.As<IPositionModeRestClient>();
        var name = ListedSymbol.NameOf(setup.Symbol);
        var mode = await connection.Calls.ReadAsync("read the position mode", token => client.GetPositionModeAsync(new GetPositionModeRequest(name), token), cancellationToken).ConfigureAwait(false);
        if (mode.Data!.PositionMode == SharedPositionMode.HedgeMode)
        {
            await connection.Calls.ChangeAsync(
                "set the position mode",
                token => client.SetPositionModeAsync(new SetPositionModeRequest(name, SharedPositionMode.OneWay), token),
                cancellationToken).ConfigureAwait(false);
            connection.Logger.AccountChanged(setup.Symbol.Id, "position mode", "hedge", "one-way");
        }
    }

    private static async Task SetLeverageAsync(SharedConnection connection, AccountSetup setup, CancellationToken cancellationToken)
    {
        var before = await ReadLeverageAsync(connection, setup, cancellationToken).ConfigureAwait(false);
        if (before == setup.Leverage)
        {
            return;
        }

        var request = new SetLeverageRequest(ListedSymbol.NameOf(setup.Symbol), setup.Leverage, marginMode: OrderTranslation.NameOf(setup.MarginMode));
        await connection.Calls.ChangeAsync(
            "set the leverage", token => connection.Client.As<ILeverageRestClient>().SetLeverageAsync(request, token), cancellationToken).ConfigureAwait(false);
        connection.Logger.LeverageChanged(setup.Symbol.Id, before, setup.Leverage);
        var after = await ReadLeverageAsync(connection, setup, cancellationToken).ConfigureAwait(false);
        if (after != setup.Leverage)
        {
            throw new ExchangeException(
                ExchangeErrorKind.Rejected,
                string.Create(CultureInfo.InvariantCulture, $"{setup.Symbol} at {connection.Client.Name} is set to leverage {after} after asking for {setup.Leverage}."));
        }
    }

    private static async Task<decimal> ReadLeverageAsync(SharedConnection connection, AccountSetup setup, CancellationToken cancellationToken)
    {
        var request = new GetLeverageRequest(ListedSymbol.NameOf(setup.Symbol), marginMode: OrderTranslation.NameOf(setup.MarginMode));
        var answer = await connection.Calls.ReadAsync(
            "read the leverage", token => connection.Client.As<ILeverageRestClient>().GetLeverageAsync(request, token), cancellationToken).ConfigureAwait(false);
        return answer.Data!.Leverage;
    }
}
