using System.Globalization;
using TradingBot.Binance.Protocol;
using TradingBot.Trading;

namespace TradingBot.Binance;

/// <summary>Sets an account as a bot needs it: reads first, changes only what differs, and reads again what it changed.</summary>
internal static class AccountPreparation
{
    public static async Task RunAsync(BinanceClient client, WithdrawalCheck withdrawals, AccountSetup setup, CancellationToken cancellationToken)
    {
        if (setup.Leverage is < 1 or > 125)
        {
            throw new ArgumentOutOfRangeException(nameof(setup), setup.Leverage, "Expected a leverage from 1 to 125.");
        }

        var (account, symbol) = (client.Account, setup.Symbol);
        var mode = BinanceAccount.NameOf(setup.MarginMode);
        var reading = account.GetConfigAsync(cancellationToken);
        await Task.WhenAll(reading, withdrawals.RunAsync(cancellationToken)).ConfigureAwait(false);
        var config = await reading.ConfigureAwait(false);
        if (!config.CanTrade)
        {
            throw new ExchangeException(ExchangeErrorKind.Authentication, "The account may not trade; the exchange has locked it.");
        }

        if (config.DualSidePosition)
        {
            await account.SetHedgeModeAsync(false, cancellationToken).ConfigureAwait(false);
            client.Logger.AccountChanged(symbol.Id, "position mode", "hedge", "one-way");
        }

        if (config.MultiAssetsMargin && setup.MarginMode == MarginMode.Isolated)
        {
            await account.SetMultiAssetsModeAsync(false, cancellationToken).ConfigureAwait(false);
            client.Logger.AccountChanged(symbol.Id, "asset mode", "multi-assets", "single-asset");
        }

        var before = await account.GetSymbolConfigAsync(symbol, cancellationToken).ConfigureAwait(false);
        if (!IsMode(before, mode))
        {
            await account.SetMarginModeAsync(symbol, setup.MarginMode, cancellationToken).ConfigureAwait(false);
            client.Logger.AccountChanged(symbol.Id, "margin type", before.MarginType, mode);
        }

        if (before.Leverage != setup.Leverage)
        {
            await account.SetLeverageAsync(symbol, setup.Leverage, cancellationToken).ConfigureAwait(false);
            client.Logger.LeverageChanged(symbol.Id, before.Leverage, setup.Leverage);
        }

        if (!IsMode(before, mode) || before.Leverage != setup.Leverage)
        {
            var after = await account.GetSymbolConfigAsync(symbol, cancellationToken).ConfigureAwait(false);
            if (!IsMode(after, mode) || after.Leverage != setup.Leverage)
            {
                throw new ExchangeException(
                    ExchangeErrorKind.Rejected,
                    string.Create(CultureInfo.InvariantCulture, $"{symbol} is set to leverage {after.Leverage} and {after.MarginType} after asking for {setup.Leverage} and {mode}."));
            }
        }
    }

    // Some endpoints say CROSSED, others cross.
    private static bool IsMode(BinanceSymbolConfig config, string mode) =>
        config.MarginType.Equals(mode, StringComparison.OrdinalIgnoreCase)
        || (mode == "CROSSED" && config.MarginType.Equals("cross", StringComparison.OrdinalIgnoreCase));
}
