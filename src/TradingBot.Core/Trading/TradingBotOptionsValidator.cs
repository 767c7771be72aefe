using Microsoft.Extensions.Options;
using TradingBot.Market;

namespace TradingBot.Trading;

/// <summary>Checks the settings of a bot and reports every fault at once.</summary>
internal sealed class TradingBotOptionsValidator : IValidateOptions<TradingBotOptions>
{
    public ValidateOptionsResult Validate(string? name, TradingBotOptions options)
    {
        var faults = FaultsOf(options).ToArray();
        return faults.Length == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(faults);
    }

    internal static void ThrowIfInvalid(TradingBotOptions options)
    {
        if (FaultsOf(options).ToArray() is { Length: > 0 } faults)
        {
            throw new OptionsValidationException(Options.DefaultName, typeof(TradingBotOptions), faults);
        }
    }

    private static IEnumerable<string> FaultsOf(TradingBotOptions options)
    {
        IEnumerable<string> own = OwnFaultsOf(options);
        return options.ReadingFaults
            .Concat(own)
            .Concat(TradeSettings.Faults(
                options.BotId, options.PositionFraction, options.Leverage, options.MaxNotional, options.MaxDailyLoss, options.MaxDrawdown, options.StopLoss))
            .Concat(SafetyFaultsOf(options))
            .Concat(options.Threshold.Faults().Select(fault => $"{nameof(options.Threshold)}: {fault}"));
    }

    private static IEnumerable<string> OwnFaultsOf(TradingBotOptions options)
    {
        if (!Symbol.TryParse(options.Symbol, out _))
        {
            yield return $"{nameof(options.Symbol)} must be a symbol such as BTCUSDT or BTC/USDT:USDT, found {Quoted(options.Symbol)}.";
        }

        if (options.Interval is null)
        {
            yield return $"{nameof(options.Interval)} must be one of {string.Join(", ", Interval.All)}, found nothing.";
        }

        if (!Enum.IsDefined(options.GapPolicy))
        {
            yield return $"{nameof(options.GapPolicy)} must be {string.Join(", ", Enum.GetNames<GapPolicy>())}, found {options.GapPolicy}.";
        }

        if (!Enum.IsDefined(options.Mode))
        {
            yield return $"{nameof(options.Mode)} must be {string.Join(", ", Enum.GetNames<TradingMode>())}, found {options.Mode}.";
        }

        if (!Enum.IsDefined(options.MarginMode))
        {
            yield return $"{nameof(options.MarginMode)} must be {string.Join(", ", Enum.GetNames<MarginMode>())}, found {options.MarginMode}.";
        }

        if (options is { Mode: TradingMode.Live, AllowLiveTrading: false })
        {
            yield return $"{nameof(options.Mode)} is Live, which trades real money; set {nameof(options.AllowLiveTrading)} as well if that is meant.";
        }

        if (options.PaperBalance <= 0)
        {
            yield return $"{nameof(options.PaperBalance)} must be above 0, found {options.PaperBalance}.";
        }

        if (options.TakerFee is not (>= 0 and <= 0.01m))
        {
            yield return $"{nameof(options.TakerFee)} must be from 0 to 0.01, found {options.TakerFee}.";
        }

        if (options.MakerFee is not (>= 0 and <= 0.01m))
        {
            yield return $"{nameof(options.MakerFee)} must be from 0 to 0.01, found {options.MakerFee}.";
        }

        if (options.Slippage is not (>= 0 and <= 0.05m))
        {
            yield return $"{nameof(options.Slippage)} must be from 0 to 0.05, found {options.Slippage}.";
        }
    }

    private static IEnumerable<string> SafetyFaultsOf(TradingBotOptions options)
    {
        if (!Enum.IsDefined(options.PartialFillPolicy))
        {
            yield return $"{nameof(options.PartialFillPolicy)} must be {string.Join(", ", Enum.GetNames<PartialFillPolicy>())}, found {options.PartialFillPolicy}.";
        }

        if (!Enum.IsDefined(options.UnknownExposurePolicy))
        {
            yield return $"{nameof(options.UnknownExposurePolicy)} must be {string.Join(", ", Enum.GetNames<UnknownExposurePolicy>())}, found {options.UnknownExposurePolicy}.";
        }

        if (!Enum.IsDefined(options.KillSwitchAction))
        {
            yield return $"{nameof(options.KillSwitchAction)} must be {string.Join(", ", Enum.GetNames<KillSwitchAction>())}, found {options.KillSwitchAction}.";
        }

        if (options.StopPlacementTimeout < TimeSpan.Zero || options.StopPlacementTimeout > TimeSpan.FromMinutes(10))
        {
            yield return $"{nameof(options.StopPlacementTimeout)} must be from 00:00:00 to 00:10:00, found {options.StopPlacementTimeout:c}.";
        }

        if (options.MaxDecisionAge <= TimeSpan.Zero || options.MaxDecisionAge > TimeSpan.FromHours(1))
        {
            yield return $"{nameof(options.MaxDecisionAge)} must be above 00:00:00 and at most 01:00:00, found {options.MaxDecisionAge:c}.";
        }

        if (options.MaxBarAge <= TimeSpan.Zero)
        {
            yield return $"{nameof(options.MaxBarAge)} must be above 00:00:00, or left out for one interval, found {options.MaxBarAge:c}.";
        }

        if (options.MaxClockOffset <= TimeSpan.Zero)
        {
            yield return $"{nameof(options.MaxClockOffset)} must be above 00:00:00, found {options.MaxClockOffset:c}.";
        }

        if (options.MaxPriceDeviation is not (> 0 and <= 1))
        {
            yield return $"{nameof(options.MaxPriceDeviation)} must be above 0 and at most 1, found {options.MaxPriceDeviation}.";
        }

        if (options.MaxForecastMove is not (> 0 and <= 10))
        {
            yield return $"{nameof(options.MaxForecastMove)} must be above 0 and at most 10, found {options.MaxForecastMove}.";
        }

        if (options.MaxBalanceChange is not (null or (>= 0 and <= 1)))
        {
            yield return $"{nameof(options.MaxBalanceChange)} must be from 0 to 1, or left out to compare nothing, found {options.MaxBalanceChange}.";
        }

        if (options.KillSwitchFile is { } file && !Directory.Exists(Path.GetDirectoryName(Path.GetFullPath(file))))
        {
            yield return $"{nameof(options.KillSwitchFile)} must lie in a folder that exists, found '{file}'.";
        }

        if (ProtectiveStop.LiquidationFault(
            options.StopLoss, options.Leverage, options.MarginMode, options.PositionFraction, options.MaxNotional) is { } liquidation)
        {
            yield return liquidation;
        }
    }

    private static string Quoted(string? text) => text is null ? "nothing" : $"'{text}'";
}
