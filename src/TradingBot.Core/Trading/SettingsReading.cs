using System.Globalization;
using Microsoft.Extensions.Configuration;

namespace TradingBot.Trading;

/// <summary>Reads one section of a configuration. What cannot be read, and a name that is not known, is added to the faults.</summary>
internal sealed class SettingsReading(IConfiguration section, List<string> faults)
{
    private readonly HashSet<string> _known = new(StringComparer.OrdinalIgnoreCase);

    public delegate bool Parser<T>(string text, out T value);

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

    public void Integer(string key, Action<int> assign) => Value(
        key,
        (string text, out int value) => int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out value),
        "a whole number",
        assign);

    public void Duration(string key, Action<TimeSpan> assign) => Value(
        key,
        // A bare number would be days.
        (string text, out TimeSpan value) => TimeSpan.TryParse(text, CultureInfo.InvariantCulture, out value) && text.Contains(':', StringComparison.Ordinal),
        "a time such as 00:00:10",
        assign);

    public void Address(string key, Action<Uri?> assign) => Value(
        key,
        (string text, out Uri? value) => Uri.TryCreate(text, UriKind.Absolute, out value),
        "an address such as https://host",
        assign);

    /// <summary>Reads a text that no message may repeat.</summary>
    public string? Secret(string key)
    {
        _known.Add(key);
        return section[key];
    }

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
