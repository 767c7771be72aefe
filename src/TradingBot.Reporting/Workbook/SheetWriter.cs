using System.Globalization;
using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Spreadsheet;

namespace TradingBot.Reporting.Workbook;

/// <summary>Writes a sheet row by row, so that a long one does not lie in memory.</summary>
internal sealed class SheetWriter : IDisposable
{
    /// <summary>The most rows of a sheet under the headings.</summary>
    public const int MaxRows = 1_048_575;

    private const int LongestText = 32_767;
    private const double ColumnWidth = 20;

    private readonly OpenXmlWriter _writer;
    private readonly string? _drawing;
    private readonly int _columns;
    private int _row;
    private int _column;

    public SheetWriter(WorksheetPart part, IReadOnlyList<string> headings, string? drawing)
    {
        (_writer, _drawing, _columns) = (OpenXmlWriter.Create(part), drawing, headings.Count);
        _writer.WriteStartElement(new Worksheet());
        _writer.WriteElement(new SheetViews(new SheetView(
            new Pane { VerticalSplit = 1, TopLeftCell = "A2", ActivePane = PaneValues.BottomLeft, State = PaneStateValues.Frozen }) { WorkbookViewId = 0 }));
        _writer.WriteElement(new Columns(new Column { Min = 1, Max = (uint)_columns, Width = ColumnWidth, CustomWidth = true }));
        _writer.WriteStartElement(new SheetData());
        BeginRow();
        foreach (var heading in headings)
        {
            Text(heading, CellStyles.Heading);
        }
    }

    /// <summary>Names a cell, as B7.</summary>
    /// <param name="column">The column, 0 the first, of 26.</param>
    /// <param name="row">The row, 1 the first.</param>
    public static string NameOf(int column, int row) => string.Create(CultureInfo.InvariantCulture, $"{(char)('A' + column)}{row}");

    public void BeginRow()
    {
        EndRow();
        (_row, _column) = (_row + 1, 0);
        _writer.WriteStartElement(new Row { RowIndex = (uint)_row });
    }

    public void Text(string? text, uint style = CellStyles.Plain)
    {
        if (string.IsNullOrEmpty(text))
        {
            _column++;
            return;
        }

        Write(new Cell { DataType = CellValues.InlineString, InlineString = new InlineString(new Text(Printable(text)) { Space = SpaceProcessingModeValues.Preserve }) }, style);
    }

    public void Number(decimal? number, uint style = CellStyles.Plain) => Value(number?.ToString(CultureInfo.InvariantCulture), style);

    /// <summary>Writes the shortest text that reads back as the same number; nothing for what is no number.</summary>
    public void Number(double? number, uint style = CellStyles.Plain) =>
        Value(number is { } value && double.IsFinite(value) ? value.ToString("R", CultureInfo.InvariantCulture) : null, style);

    public void Time(DateTimeOffset time) => Number(time.UtcDateTime.ToOADate(), CellStyles.Time);

    public void Dispose()
    {
        EndRow();
        _writer.WriteEndElement();
        if (_drawing is not null)
        {
            _writer.WriteElement(new Drawing { Id = _drawing });
        }

        _writer.WriteEndElement();
        _writer.Dispose();
    }

    // What XML cannot hold is left out.
    private static string Printable(string text) =>
        new([.. text.Take(LongestText).Select(character => System.Xml.XmlConvert.IsXmlChar(character) ? character : '\uFFFD')]);

    private void Value(string? value, uint style)
    {
        if (value is null)
        {
            _column++;
            return;
        }

        Write(new Cell { CellValue = new CellValue(value) }, style);
    }

    private void Write(Cell cell, uint style)
    {
        cell.CellReference = NameOf(_column++, _row);
        cell.StyleIndex = style;
        _writer.WriteElement(cell);
    }

    private void EndRow()
    {
        if (_row > 0)
        {
            _writer.WriteEndElement();
        }
    }
}
