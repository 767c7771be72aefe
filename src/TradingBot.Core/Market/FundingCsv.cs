namespace TradingBot.Market;

/// <summary>Reads funding rates from comma-separated files.</summary>
/// <remarks>Two layouts are known by their header; further columns are not read: <c>timestamp,symbol,funding_rate</c>, and Binance's
/// public archive, <c>calc_time,funding_interval_hours,last_funding_rate</c>. Times are read as by <see cref="BarCsv"/> and rounded to the
/// nearest whole minute, because the exchange stamps a settlement some milliseconds after its hour.</remarks>
public static class FundingCsv
{
    private static readonly string[] Plain = ["timestamp", "symbol", "funding_rate"];
    private static readonly string[] BinanceArchive = ["calc_time", "last_funding_rate"];

    /// <summary>Reads a file.</summary>
    /// <param name="path">The file's path.</param>
    /// <param name="symbol">The market that the rates must belong to.</param>
    /// <returns>The rates, oldest first, at least one.</returns>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="BarDataException">The file cannot be used; the message names it, the line, what was expected and what was found.</exception>
    public static IReadOnlyList<FundingRate> Read(string path, Symbol symbol)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        using var reader = new StreamReader(path);
        return Read(reader, path, symbol);
    }

    /// <summary>Reads a text.</summary>
    /// <param name="reader">The text; it is read to its end and left open.</param>
    /// <param name="sourceName">Where the text came from, for messages.</param>
    /// <param name="symbol">The market that the rates must belong to.</param>
    /// <returns>The rates, oldest first, at least one.</returns>
    /// <exception cref="BarDataException">The text cannot be used; the message names the source, the line, what was expected and what was found.</exception>
    public static IReadOnlyList<FundingRate> Read(TextReader reader, string sourceName, Symbol symbol)
    {
        ArgumentNullException.ThrowIfNull(reader);
        ArgumentException.ThrowIfNullOrEmpty(sourceName);
        ArgumentNullException.ThrowIfNull(symbol);
        using var rows = new CsvRows(reader, sourceName);
        var header = rows.ReadFirst();
        int Column(string name) => Array.FindIndex(header, found => string.Equals(found, name, StringComparison.OrdinalIgnoreCase));
        var layout = Array.Find([Plain, BinanceArchive], names => Array.TrueForAll(names, name => Column(name) >= 0))
            ?? throw rows.Error($"no known layout; expected a header with the columns {string.Join(',', Plain)}, or {string.Join(',', BinanceArchive)} (Binance's archive); found {string.Join(',', header)}");

        var (time, rate, market) = (Column(layout[0]), Column(layout[^1]), layout == Plain ? Column(Plain[1]) : -1);
        var rates = new List<FundingRate>();
        while (rows.Read())
        {
            rows.CheckFieldCount(header.Length);
            if (market >= 0 && rows[market] != symbol.Id)
            {
                throw rows.Error($"column '{Plain[1]}' is '{rows[market]}'; expected {symbol.Id}");
            }

            rates.Add(Check(rows, rates, new FundingRate(Minute(rows, CsvTime.Get(rows, time, layout[0]), layout[0]), rows.GetDecimal(rate, layout[^1]))));
        }

        return rates.Count > 0 ? rates.AsReadOnly() : throw rows.Error("the file has a header only; expected funding rates");
    }

    private static FundingRate Check(CsvRows rows, List<FundingRate> before, in FundingRate rate)
    {
        if (before.Count > 0 && rate.Time <= before[^1].Time)
        {
            throw rows.Error($"the settlement of {rate.Time:u} comes after that of {before[^1].Time:u}; expected ascending times");
        }

        return Math.Abs(rate.Rate) < 1
            ? rate
            : throw rows.Error(FormattableString.Invariant($"the funding rate is {rate.Rate}; expected a share between -1 and 1"));
    }

    private static DateTimeOffset Minute(CsvRows rows, long milliseconds, string name)
    {
        // What does not fit the calendar is told as it was read.
        _ = CsvTime.ToInstant(rows, milliseconds, name);
        var halfUp = milliseconds + 30_000;
        return CsvTime.ToInstant(rows, halfUp - (((halfUp % 60_000) + 60_000) % 60_000), name);
    }
}
