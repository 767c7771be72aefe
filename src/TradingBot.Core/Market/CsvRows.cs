using System.Globalization;
using CsvHelper;

namespace TradingBot.Market;

/// <summary>The rows of a comma-separated text, each of one line, with errors that name the source and the line.</summary>
internal sealed class CsvRows : IDisposable
{
    // A file that is one endless line is refused and not read into memory whole.
    private const int LongestRow = 100_000;

    private static readonly CsvReaderOptions Options = new()
    {
        Separator = ',',
        HasHeader = false,
        TrimWhitespace = true,
        AllowLineBreaksInQuotes = false,
        MalformedData = CsvMalformedDataHandling.Throw,
        MaxRecordSize = LongestRow,
        TrackLineNumbers = true,
        FormatProvider = CultureInfo.InvariantCulture,
    };

    private readonly CsvReader _reader;
    private readonly string _source;
    private int _line = 1;

    public CsvRows(TextReader text, string source) => (_reader, _source) = (CsvReader.Create(text, Options, leaveOpen: true), source);

    /// <summary>Gets the line of the current row, counted from 1, blank lines included; after the end, that of the last row.</summary>
    public int Line => _line;

    /// <summary>Gets the number of fields of the current row.</summary>
    public int FieldCount => _reader.FieldCount;

    /// <summary>Gets a field of the current row, without the blanks around it.</summary>
    public string this[int column] => _reader.GetString(column);

    /// <summary>Goes to the next row that is not blank; <see langword="false"/> at the end.</summary>
    public bool Read()
    {
        try
        {
            while (_reader.Read())
            {
                _line = checked((int)_reader.LineNumber);
                if (FieldCount > 1 || !_reader.IsEmpty(0))
                {
                    return true;
                }
            }

            return false;
        }
        catch (CsvFormatException exception)
        {
            var line = exception.LineNumber > 0 ? (int)exception.LineNumber : _line;
            throw new BarDataException(_source, line, $"not a line of a CSV file: {exception.Message}", exception);
        }
    }

    /// <summary>Gets the fields of the first row, without a byte order mark that the reader left.</summary>
    public string[] ReadFirst()
    {
        if (!Read())
        {
            throw new BarDataException($"{_source} is empty; expected a header and rows.");
        }

        string[] fields = [.. Enumerable.Range(0, FieldCount).Select(column => this[column])];
        fields[0] = fields[0].TrimStart('\uFEFF');
        return fields;
    }

    /// <summary>Reads a whole number.</summary>
    public bool TryGetInteger(int column, out long value) =>
        long.TryParse(_reader.GetSpan(column), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out value);

    /// <summary>Reads a number.</summary>
    public double GetDouble(int column, string name) =>
        double.TryParse(_reader.GetSpan(column), NumberStyles.Float, CultureInfo.InvariantCulture, out var value) ? value : throw NotA("number", column, name);

    /// <summary>Reads a number exactly.</summary>
    public decimal GetDecimal(int column, string name) =>
        decimal.TryParse(_reader.GetSpan(column), NumberStyles.Float, CultureInfo.InvariantCulture, out var value) ? value : throw NotA("number", column, name);

    public BarDataException NotA(string kind, int column, string name) =>
        Error(_reader.IsEmpty(column) ? $"column '{name}' is empty; expected a {kind}" : $"column '{name}' is '{this[column]}'; expected a {kind}");

    public BarDataException Error(string message) => ErrorAt(_line, message);

    public BarDataException ErrorAt(int line, string message) => new(_source, line, message);

    /// <summary>Refuses a row that has more or fewer fields than the first: its values would stand in the wrong columns.</summary>
    public void CheckFieldCount(int expected)
    {
        if (FieldCount != expected)
        {
            throw Error($"expected {expected} columns, as in the first row, found {FieldCount}");
        }
    }

    public void Dispose() => _reader.Dispose();
}
