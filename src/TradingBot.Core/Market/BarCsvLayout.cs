namespace TradingBot.Market;

/// <summary>Where a file keeps the values of a bar, how many fields each of its rows has, and whether its time is the last second of the bar instead of its open time.</summary>
internal sealed record BarCsvLayout(
    int FieldCount,
    BarCsvColumn Time,
    BarCsvColumn Open,
    BarCsvColumn High,
    BarCsvColumn Low,
    BarCsvColumn Close,
    BarCsvColumn Volume,
    bool TimeIsLastSecond)
{
    private const int ArchiveFieldCount = 12;

    private static readonly string[] Plain = ["timestamp", "open", "high", "low", "close", "volume"];
    private static readonly string[] BinanceArchive = ["open_time", "open", "high", "low", "close", "volume"];
    private static readonly string[] CoinMarketCap = ["Date", "Open", "High", "Low", "Close", "Volume", "Marketcap"];

    /// <summary>Gets a value indicating whether the first row names the columns; otherwise it is the first bar.</summary>
    public bool HasHeader { get; private init; } = true;

    /// <summary>Recognises a layout by the file's first row.</summary>
    public static BarCsvLayout Of(CsvRows rows, string[] first)
    {
        // The exchange's archive of spot bars, and of futures bars before 2022, has no header.
        if (first.Length == ArchiveFieldCount && long.TryParse(first[0], out _))
        {
            return Find(BinanceArchive, BinanceArchive, ArchiveFieldCount, timeIsLastSecond: false)! with { HasHeader = false };
        }

        if (first.Where(name => name.Length > 0).GroupBy(name => name, StringComparer.OrdinalIgnoreCase).FirstOrDefault(group => group.Count() > 1) is { } doubled)
        {
            throw rows.Error($"the header names column '{doubled.Key}' {doubled.Count()} times");
        }

        return Find(first, Plain, first.Length, timeIsLastSecond: false)
            ?? Find(first, BinanceArchive, first.Length, timeIsLastSecond: false)
            ?? Find(first, CoinMarketCap, first.Length, timeIsLastSecond: true)
            ?? throw rows.Error(
                $"no known layout; expected a header with the columns {string.Join(',', Plain)}, or {string.Join(',', BinanceArchive)} (Binance's archive), "
                + $"or {string.Join(',', CoinMarketCap)} (CoinMarketCap), in any order among others, or {ArchiveFieldCount} columns without a header (Binance's archive); "
                + $"found {first.Length} column(s): {Shortened(string.Join(',', first))}");
    }

    private static BarCsvLayout? Find(string[] header, string[] wanted, int fieldCount, bool timeIsLastSecond)
    {
        var columns = Array.ConvertAll(wanted, name => new BarCsvColumn(name, Array.FindIndex(header, found => string.Equals(found, name, StringComparison.OrdinalIgnoreCase))));
        return Array.Exists(columns, column => column.Index < 0)
            ? null
            : new BarCsvLayout(fieldCount, columns[0], columns[1], columns[2], columns[3], columns[4], columns[5], timeIsLastSecond);
    }

    private static string Shortened(string text) => text.Length <= 200 ? text : text[..200] + "...";
}
