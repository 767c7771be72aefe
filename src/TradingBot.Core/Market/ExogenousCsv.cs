namespace TradingBot.Market;

/// <summary>Reads values from outside the market from comma-separated files.</summary>
/// <remarks>
/// <para>The first row names the columns; letter case and order do not matter, and further columns are not read: <c>published_at</c>, and <c>value</c> or the name of
/// the series.</para>
/// <para><c>published_at</c> is the UTC instant from which the value was known to the world, not the day that it describes: a close of gold or a day's
/// sentiment is published when the day is over. Times are read as by <see cref="BarCsv"/>, but a day without a time is refused, as it would stand for
/// its first instant. Each must be later than the one before it.</para>
/// </remarks>
public static class ExogenousCsv
{
    private const string Time = "published_at";
    private const string Value = "value";

    /// <summary>Reads a file.</summary>
    /// <param name="path">The file's path.</param>
    /// <param name="name">The name by which models ask for the series; see <see cref="ExogenousSeries"/>.</param>
    /// <returns>The series, of at least one value.</returns>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="ArgumentException">The name has a character that names do not have.</exception>
    /// <exception cref="BarDataException">The file cannot be used; the message names it, the line, what was expected and what was found.</exception>
    public static ExogenousSeries Read(string path, string name)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        using var reader = new StreamReader(path);
        return Read(reader, path, name);
    }

    /// <summary>Reads a text.</summary>
    /// <param name="reader">The text; it is read to its end and left open.</param>
    /// <param name="sourceName">Where the text came from, for messages.</param>
    /// <param name="name">The name by which models ask for the series; see <see cref="ExogenousSeries"/>.</param>
    /// <returns>The series, of at least one value.</returns>
    /// <exception cref="ArgumentException">The name has a character that names do not have.</exception>
    /// <exception cref="BarDataException">The text cannot be used; the message names the source, the line, what was expected and what was found.</exception>
    public static ExogenousSeries Read(TextReader reader, string sourceName, string name)
    {
        ArgumentNullException.ThrowIfNull(reader);
        ArgumentException.ThrowIfNullOrEmpty(sourceName);
        var empty = new ExogenousSeries(name, []);
        using var rows = new CsvRows(reader, sourceName);
        var header = rows.ReadFirst();
        var time = ColumnOf(Time);
        var value = ColumnOf(Value) is >= 0 and var found ? found : ColumnOf(name);
        if (time < 0 || value < 0)
        {
            throw rows.Error($"no known layout; expected a header with the columns {Time} (the instant from which the value was known) and {Value} or {empty.Name}; found {string.Join(',', header)}");
        }

        List<ExogenousValue> values = [];
        while (rows.Read())
        {
            rows.CheckFieldCount(header.Length);
            values.Add(Check(rows, values, new ExogenousValue(TimeOf(rows, time), NumberOf(rows, value, header[value]))));
        }

        return values.Count > 0 ? new ExogenousSeries(name, values) : throw rows.Error("the file has a header only; expected values");

        int ColumnOf(string column) => Array.FindIndex(header, one => string.Equals(one, column, StringComparison.OrdinalIgnoreCase));
    }

    private static DateTimeOffset TimeOf(CsvRows rows, int column) => CsvTime.IsDay(rows, column)
        ? throw rows.Error($"column '{Time}' is the day '{rows[column]}'; expected the instant of publication, such as '{rows[column]} 21:30:00' in UTC")
        : CsvTime.ToInstant(rows, CsvTime.Get(rows, column, Time), Time);

    private static double NumberOf(CsvRows rows, int column, string name) => rows.GetDouble(column, name) is var number && double.IsFinite(number)
        ? number
        : throw rows.NotA("finite number", column, name);

    private static ExogenousValue Check(CsvRows rows, List<ExogenousValue> before, in ExogenousValue value) =>
        before.Count > 0 && value.PublishedAt <= before[^1].PublishedAt
            ? throw rows.Error($"the value published at {value.PublishedAt:u} comes after that of {before[^1].PublishedAt:u}; expected ascending times")
            : value;
}
