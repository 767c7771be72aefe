using System.Globalization;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;
using TradingBot.Market;

namespace TradingBot.Trading;

/// <summary>Reads the settings of a bot from a configuration. A text that cannot be read, and a name that is not known,
/// becomes a fault that is reported with all others at start.</summary>
internal sealed class TradingBotOptionsReader(IConfiguration section) : IConfigureOptions<TradingBotOptions>
{
    private delegate bool Parser<T>(string text, out T value);

    public void Configure(TradingBotOptions options)
    {
        var reading = new Reading(section, options.ReadingFaults);
        reading.Text(nameof(options.BotId), value => options.BotId = value);
        reading.Text(nameof(options.Symbol), value => options.Symbol = value);
        reading.Value<Interval?>(nameof(options.Interval), Interval.TryParse, $"one of {string.Join(", ", Interval.All)}", value => options.Interval = value);
        reading.Choice<GapPolicy>(nameof(options.GapPolicy), value => options.GapPolicy = value);
        reading.Choice<TradingMode>(nameof(options.Mode), value => options.Mode = value);
        reading.Switch(nameof(options.AllowLiveTrading), value => options.AllowLiveTrading = value);
        reading.Decimal(nameof(options.PositionFraction), value => options.PositionFraction = value);
        reading.Value<int>(nameof(options.Leverage), TryInteger, "a whole number", value => options.Leverage = value);
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

        var threshold = new Reading(section.GetSection(nameof(options.Threshold)), options.ReadingFaults);
        threshold.Number(nameof(options.Threshold.Threshold), value => options.Threshold.Threshold = value);
        threshold.Number(nameof(options.Threshold.StopLoss), value => options.Threshold.StopLoss = value);
        threshold.ReportUnknown();
    }

    private static bool TryInteger(string text, out int value) => int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out value);

    private sealed class Reading(IConfiguration section, List<string> faults)
    {
        private readonly HashSet<string> _known = new(StringComparer.OrdinalIgnoreCase);

        public void Text(string key, Action<string> assign) =>
            Value(key, (string text, out string value) => (value = text).Length > 0, "a text", assign);

        public void Decimal(string key, Action<decimal> assign) => Value(
            key,
            (string text, out decimal value) => decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out value),
            "a number such as 0.1",
            assign);

        public void Number(string key, Action<double> assign) => Value(
            key,
            (string text, out double value) => double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out value),
            "a number such as 0.1",
            assign);

        public void Switch(string key, Action<bool> assign) => Value<bool>(key, bool.TryParse, "true or false", assign);

        public void Choice<T>(string key, Action<T> assign)
            where T : struct, Enum =>
            Value(
                key,
                // Numbers are refused: they would pass as undefined values.
                (string text, out T value) => Enum.TryParse(text, ignoreCase: true, out value) && Enum.IsDefined(value) && !char.IsAsciiDigit(text[0]),
                string.Join(" or ", Enum.GetNames<T>()),
                assign);

        public void Value<T>(string key, Parser<T> parse, string expected, Action<T> assign)
        {
            _known.Add(key);
            if (section[key] is not { } text)
            {
                return;
            }

            if (parse(text, out var value))
            {
                assign(value);
            }
            else
            {
                faults.Add($"{key} must be {expected}, found '{text}'.");
            }
        }

        // Sections of other parts may lie inside this one; a plain value with an unknown name is a slip of the pen.
        public void ReportUnknown() => faults.AddRange(
            section.GetChildren()
                .Where(child => child.Value is not null && !_known.Contains(child.Key))
                .Select(child => $"'{child.Key}' is not a setting; expected one of {string.Join(", ", _known.Order(StringComparer.Ordinal))}."));
    }
}
