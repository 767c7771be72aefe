using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;
using TradingBot.Market;

namespace TradingBot.Trading;

/// <summary>Reads the settings of a bot from a configuration. A text that cannot be read, and a name that is not known,
/// becomes a fault that is reported with all others at start.</summary>
internal sealed class TradingBotOptionsReader(IConfiguration section) : IConfigureOptions<TradingBotOptions>
{
    public void Configure(TradingBotOptions options)
    {
        var reading = new SettingsReading(section, options.ReadingFaults);
        reading.Text(nameof(options.BotId), value => options.BotId = value);
        reading.Text(nameof(options.Symbol), value => options.Symbol = value);
        reading.Value<Interval?>(nameof(options.Interval), Interval.TryParse, $"one of {string.Join(", ", Interval.All)}", value => options.Interval = value);
        reading.Choice<GapPolicy>(nameof(options.GapPolicy), value => options.GapPolicy = value);
        reading.Choice<TradingMode>(nameof(options.Mode), value => options.Mode = value);
        reading.Switch(nameof(options.AllowLiveTrading), value => options.AllowLiveTrading = value);
        reading.Decimal(nameof(options.PositionFraction), value => options.PositionFraction = value);
        reading.Integer(nameof(options.Leverage), value => options.Leverage = value);
        reading.Choice<MarginMode>(nameof(options.MarginMode), value => options.MarginMode = value);
        reading.Decimal(nameof(options.MaxNotional), value => options.MaxNotional = value);
        reading.Decimal(nameof(options.MaxDailyLoss), value => options.MaxDailyLoss = value);
        reading.Decimal(nameof(options.MaxDrawdown), value => options.MaxDrawdown = value);
        reading.Decimal(nameof(options.StopLoss), value => options.StopLoss = value);
        reading.Duration(nameof(options.StopPlacementTimeout), value => options.StopPlacementTimeout = value);
        reading.Choice<PartialFillPolicy>(nameof(options.PartialFillPolicy), value => options.PartialFillPolicy = value);
        reading.Choice<UnknownExposurePolicy>(nameof(options.UnknownExposurePolicy), value => options.UnknownExposurePolicy = value);
        reading.Duration(nameof(options.MaxDecisionAge), value => options.MaxDecisionAge = value);
        reading.Duration(nameof(options.MaxBarAge), value => options.MaxBarAge = value);
        reading.Duration(nameof(options.MaxClockOffset), value => options.MaxClockOffset = value);
        reading.Decimal(nameof(options.MaxPriceDeviation), value => options.MaxPriceDeviation = value);
        reading.Number(nameof(options.MaxForecastMove), value => options.MaxForecastMove = value);
        reading.Decimal(nameof(options.MaxBalanceChange), value => options.MaxBalanceChange = value);
        reading.Switch(nameof(options.KillSwitch), value => options.KillSwitch = value);
        reading.Text(nameof(options.KillSwitchFile), value => options.KillSwitchFile = value);
        reading.Choice<KillSwitchAction>(nameof(options.KillSwitchAction), value => options.KillSwitchAction = value);
        reading.Decimal(nameof(options.PaperBalance), value => options.PaperBalance = value);
        reading.Decimal(nameof(options.TakerFee), value => options.TakerFee = value);
        reading.Decimal(nameof(options.MakerFee), value => options.MakerFee = value);
        reading.Decimal(nameof(options.Slippage), value => options.Slippage = value);
        reading.Switch(nameof(options.AllowThresholdBelowCosts), value => options.AllowThresholdBelowCosts = value);
        reading.Switch(nameof(options.AllowUnskilledModel), value => options.AllowUnskilledModel = value);
        reading.Switch(nameof(options.AllowModelOfOtherSymbol), value => options.AllowModelOfOtherSymbol = value);
        reading.Text(nameof(options.ModelPath), value => options.ModelPath = value);
        reading.ReportUnknown();

        var threshold = new SettingsReading(section.GetSection(nameof(options.Threshold)), options.ReadingFaults);
        threshold.Number(nameof(options.Threshold.Threshold), value => options.Threshold.Threshold = value);
        threshold.Number(nameof(options.Threshold.StopLoss), value => options.Threshold.StopLoss = value);
        threshold.ReportUnknown();
    }
}
