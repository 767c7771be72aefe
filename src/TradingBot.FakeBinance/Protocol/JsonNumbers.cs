using System.Globalization;
using System.Text.Json;

namespace TradingBot.FakeBinance.Protocol;

/// <summary>Numbers as the exchange writes them: mostly as text, with a least number of decimals.</summary>
internal static class JsonNumbers
{
    private const int Money = 8;
    private static readonly string[] Formats = [.. Enumerable.Range(0, 11).Select(decimals => "0" + (decimals == 0 ? "" : ".") + new string('0', decimals) + (decimals == 0 ? "." : "") + new string('#', 16 - decimals))];

    internal static string Text(this decimal value, int decimals) => value.ToString(Formats[decimals], CultureInfo.InvariantCulture);

    internal static void Amount(this Utf8JsonWriter json, string name, decimal value) => json.WriteString(name, value.Text(Money));

    internal static void Decimal(this Utf8JsonWriter json, string name, decimal value, int decimals) => json.WriteString(name, value.Text(decimals));

    /// <summary>Gets the number of decimals that a step has, trailing zeros apart.</summary>
    internal static int Decimals(this decimal step)
    {
        var decimals = 0;
        while (decimal.Truncate(step) != step)
        {
            step *= 10;
            decimals++;
        }

        return decimals;
    }

    /// <summary>Reads every digit that a double is printed with; the conversion operator keeps only fifteen.</summary>
    internal static decimal Exactly(double value) =>
        decimal.Parse(value.ToString("R", CultureInfo.InvariantCulture), NumberStyles.Float, CultureInfo.InvariantCulture);
}
