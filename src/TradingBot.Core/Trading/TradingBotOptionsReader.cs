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
        reading.Decimal(nameof(options.PaperBalance), value => options.PaperBalance = value);
        reading.Decimal(nameof(options.TakerFee), value => options.TakerFee = value);
        reading.Decimal(nameof(options.MakerFee), value => options.MakerFee = value);
        reading.Decimal(nameof(options.Slippage), value => options.Slippage = value);
        reading.Switch(nameof(options.AllowThresholdBelowCosts), value => options.AllowThresholdBelowCosts = value);
        reading.Switch(nameof(options.AllowUnskilledModel), value => options.AllowUnskilledModel = value);
        reading.Text(nameof(options.ModelPath), value => options.ModelPath = value);
        reading.ReportUnknown();

        var threshold = new SettingsReading(section.GetSection(nameof(options.Threshold)), options.ReadingFaults);
        threshold.Number(nameof(options.Threshold.Threshold), value => options.Threshold.Threshold = value);
        threshold.Number(nameof(options.Threshold.StopLoss), value => options.Threshold.StopLoss = value);
        threshold.ReportUnknown();
    }
}
