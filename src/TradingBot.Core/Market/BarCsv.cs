using System.Globalization;

namespace TradingBot.Market;

/// <summary>Reads bars from comma-separated files and writes them.</summary>
/// <remarks>
/// <para>The layout is recognised by the first row; letter case and the order of columns do not matter, and further columns are not read:</para>
/// <list type="bullet">
/// <item><c>timestamp,open,high,low,close,volume</c>: the layout that <see cref="Write(string, BarSeries)"/> writes.</item>
/// <item><c>open_time,open,high,low,close,volume,...</c>: Binance's public archive, also its 12 columns without a header.</item>
/// <item><c>SNo,Name,Symbol,Date,High,Low,Open,Close,Volume,Marketcap</c>: CoinMarketCap, where the date is the last second of the bar.</item>
/// </list>
/// <para>Times are UTC: whole milliseconds since 1970, microseconds where the number is too large for them (Binance's spot archive since
/// 2025), or <c>yyyy-MM-dd HH:mm:ss</c> with or without <c>T</c>, fraction and offset. Every row must have as many columns as the first.</para>
/// </remarks>
public static class BarCsv
{
    /// <summary>Reads a file.</summary>
    /// <param name="path">The file's path.</param>
    /// <param name="options">The market, the interval and what to do about missing bars.</param>
    /// <returns>The bars, at least one.</returns>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="BarDataException">The file cannot be used; the message names it, the line, what was expected and what was found.</exception>
    public static BarSeries Read(string path, BarCsvOptions options)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        using var reader = new StreamReader(path);
        return Read(reader, path, options);
    }

    /// <summary>Reads a text.</summary>
    /// <param name="reader">The text; it is read to its end and left open.</param>
    /// <param name="sourceName">Where the text came from, for messages.</param>
    /// <param name="options">The market, the interval and what to do about missing bars.</param>
    /// <returns>The bars, at least one.</returns>
    /// <exception cref="BarDataException">The text cannot be used; the message names the source, the line, what was expected and what was found.</exception>
    public static BarSeries Read(TextReader reader, string sourceName, BarCsvOptions options)
    {
        ArgumentNullException.ThrowIfNull(reader);
        ArgumentException.ThrowIfNullOrEmpty(sourceName);
        ArgumentNullException.ThrowIfNull(options);
        using var rows = new CsvRows(reader, sourceName);
        return new BarCsvReader(rows, options).Read();
    }

    /// <summary>Writes a file, over an existing one.</summary>
    /// <param name="path">The file's path.</param>
    /// <param name="series">The bars.</param>
    /// <inheritdoc cref="Write(TextWriter, BarSeries)" path="/remarks"/>
    public static void Write(string path, BarSeries series)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        ArgumentNullException.ThrowIfNull(series);
        using var writer = new StreamWriter(path);
        Write(writer, series);
    }

    /// <summary>Writes a text: the header <c>timestamp,open,high,low,close,volume</c>, then one line per bar with its open time in
    /// milliseconds since 1970-01-01 UTC and numbers with every digit they need.</summary>
    /// <remarks>Reading it back under the same gap policy gives the same series. Flat bars that stand for missing ones are not written,
    /// as the source did not have them; reading under <see cref="GapPolicy.Fill"/> makes them anew between the bars that are there.</remarks>
    /// <param name="writer">What to write to; it is left open.</param>
    /// <param name="series">The bars.</param>
    public static void Write(TextWriter writer, BarSeries series)
    {
        ArgumentNullException.ThrowIfNull(writer);
        ArgumentNullException.ThrowIfNull(series);
        writer.Write("timestamp,open,high,low,close,volume\n");
        using var filled = series.Gaps.Where(gap => gap.Filled).GetEnumerator();
        var hasFilled = filled.MoveNext();
        for (var i = 0; i < series.Count; i++)
        {
            if (hasFilled && series.OpenTimeAt(i) == filled.Current.Start)
            {
                i += filled.Current.Count - 1;
                hasFilled = filled.MoveNext();
                continue;
            }

            writer.Write(string.Create(
                CultureInfo.InvariantCulture,
                $"{series.OpenTimes[i]},{series.Opens[i]},{series.Highs[i]},{series.Lows[i]},{series.Closes[i]},{series.Volumes[i]}\n"));
        }
    }
}
