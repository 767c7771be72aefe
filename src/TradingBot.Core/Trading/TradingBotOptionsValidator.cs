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
                options.BotId, options.PositionFraction, options.Leverage, options.MaxNotional, options.MaxDailyLoss, options.MaxDrawdown))
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

    private static string Quoted(string? text) => text is null ? "nothing" : $"'{text}'";
}
