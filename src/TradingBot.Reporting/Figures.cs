using System.Globalization;
using TradingBot.Backtesting;

namespace TradingBot.Reporting;

/// <summary>Numbers and times as they are printed; a dash where there is none.</summary>
internal static class Figures
{
    private const string None = "–";

    public static string Percent(double? value, int decimals = 1) =>
        value is { } share ? (share * 100).ToString($"#,0.{new string('0', decimals)}", CultureInfo.InvariantCulture) + " %" : None;

    public static string Rate(decimal value) => (value * 100).ToString("0.####", CultureInfo.InvariantCulture) + " %";

    public static string Number(double? value, string format = "0.00") => value?.ToString(format, CultureInfo.InvariantCulture) ?? None;

    /// <summary>Writes six significant digits, for figures whose size is not known.</summary>
    public static string Digits(double? value) => Number(value, "G6");

    public static string Money(decimal? value) => value?.ToString("#,0.00", CultureInfo.InvariantCulture) ?? None;

    public static string Exact(decimal value) => value.ToString("0.##########", CultureInfo.InvariantCulture);

    /// <summary>Writes a price: in full where the exchange's steps are, eight decimals at most.</summary>
    public static string Price(decimal value) => decimal.Round(value, value >= 1000 ? 2 : 8).ToString("#,0.########", CultureInfo.InvariantCulture);

    public static string Count(long value) => value.ToString("#,0", CultureInfo.InvariantCulture);

    public static string Days(TimeSpan value) => value.TotalDays.ToString("#,0.#", CultureInfo.InvariantCulture) + " days";

    public static string Time(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture);

    public static string? Instant(DateTimeOffset? time) => time?.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    /// <summary>Writes a figure of a backtest: a point where both paths through the bars agree, else the interval.</summary>
    public static string Share(BacktestResult result, Func<BacktestStatistics, double?> figure) => Between(result, figure, static value => Percent(value));

    /// <inheritdoc cref="Share"/>
    public static string Ratio(BacktestResult result, Func<BacktestStatistics, double?> figure) => Between(result, figure, static value => Number(value));

    /// <inheritdoc cref="Share"/>
    public static string Amount(BacktestResult result, Func<BacktestStatistics, decimal?> figure, int sign = 1) =>
        Between(result, figures => sign * figure(figures), static value => Money(value));

    /// <inheritdoc cref="Share"/>
    public static string Between<T>(BacktestResult result, Func<BacktestStatistics, T?> figure, Func<T, string> print)
        where T : struct, IComparable<T> => result.BoundsOf(figure)?.Print(print) ?? None;

    /// <summary>Gets how many decimals show a price of this size with about six digits.</summary>
    public static int DecimalsOf(double price) => Math.Clamp(5 - (int)Math.Floor(Math.Log10(price)), 2, 8);
}
