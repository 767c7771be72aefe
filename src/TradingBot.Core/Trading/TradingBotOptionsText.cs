using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace TradingBot.Trading;

/// <summary>Writes the settings of a bot as a configuration holds them, so that they can be kept and read back.</summary>
internal static class TradingBotOptionsText
{
    /// <summary>Writes every setting that is not left out, by its name.</summary>
    public static SortedDictionary<string, string> Of(TradingBotOptions options)
    {
        var text = new SortedDictionary<string, string>(StringComparer.Ordinal);
        Add(nameof(options.BotId), options.BotId);
        Add(nameof(options.Symbol), options.Symbol);
        Add(nameof(options.Interval), options.Interval);
        Add(nameof(options.GapPolicy), options.GapPolicy);
        Add(nameof(options.Mode), options.Mode);
        Add(nameof(options.AllowLiveTrading), options.AllowLiveTrading);
        Add(nameof(options.PositionFraction), options.PositionFraction);
        Add(nameof(options.Leverage), options.Leverage);
        Add(nameof(options.MarginMode), options.MarginMode);
        Add(nameof(options.MaxNotional), options.MaxNotional);
        Add(nameof(options.MaxDailyLoss), options.MaxDailyLoss);
        Add(nameof(options.MaxDrawdown), options.MaxDrawdown);
        Add(nameof(options.StopLoss), options.StopLoss);
        Add(nameof(options.StopPlacementTimeout), options.StopPlacementTimeout);
        Add(nameof(options.PartialFillPolicy), options.PartialFillPolicy);
        Add(nameof(options.UnknownExposurePolicy), options.UnknownExposurePolicy);
        Add(nameof(options.MaxDecisionAge), options.MaxDecisionAge);
        Add(nameof(options.MaxBarAge), options.MaxBarAge);
        Add(nameof(options.MaxClockOffset), options.MaxClockOffset);
        Add(nameof(options.MaxPriceDeviation), options.MaxPriceDeviation);
        Add(nameof(options.MaxForecastMove), options.MaxForecastMove);
        Add(nameof(options.MaxBalanceChange), options.MaxBalanceChange);
        Add(nameof(options.KillSwitch), options.KillSwitch);
        Add(nameof(options.KillSwitchFile), options.KillSwitchFile);
        Add(nameof(options.KillSwitchAction), options.KillSwitchAction);
        Add(nameof(options.PaperBalance), options.PaperBalance);
        Add(nameof(options.TakerFee), options.TakerFee);
        Add(nameof(options.MakerFee), options.MakerFee);
        Add(nameof(options.Slippage), options.Slippage);
        Add(nameof(options.AllowThresholdBelowCosts), options.AllowThresholdBelowCosts);
        Add(nameof(options.AllowUnskilledModel), options.AllowUnskilledModel);
        Add(nameof(options.AllowModelOfOtherSymbol), options.AllowModelOfOtherSymbol);
        Add(nameof(options.ModelPath), options.ModelPath);
        Add($"{nameof(options.Threshold)}:{nameof(options.Threshold.Threshold)}", options.Threshold.Threshold);
        Add($"{nameof(options.Threshold)}:{nameof(options.Threshold.StopLoss)}", options.Threshold.StopLoss);
        return text;

        void Add(string key, object? value)
        {
            if (Convert.ToString(value, CultureInfo.InvariantCulture) is { Length: > 0 } written)
            {
                text.Add(key, written);
            }
        }
    }

    /// <summary>Gives settings that are the same, and no others, the same 64 hexadecimal digits.</summary>
    public static string Hash(SortedDictionary<string, string> text) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Concat(text.Select(pair => $"{pair.Key}\n{pair.Value}\n")))));
}
