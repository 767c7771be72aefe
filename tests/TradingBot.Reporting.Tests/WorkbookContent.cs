using System.Globalization;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Spreadsheet;

namespace TradingBot.Reporting.Tests;

/// <summary>Reads what is in a workbook.</summary>
internal static class WorkbookContent
{
    /// <summary>Gets the instant of a cell.</summary>
    public static DateTime TimeOf(string? serial) => DateTime.FromOADate(double.Parse(serial!, CultureInfo.InvariantCulture));

    public static WorksheetPart PartOf(SpreadsheetDocument document, string name) => (WorksheetPart)document.WorkbookPart!.GetPartById(
        document.WorkbookPart.Workbook.Descendants<Sheet>().Single(sheet => sheet.Name == name).Id!);

    public static IEnumerable<Cell> CellsOf(SpreadsheetDocument document, string name) => PartOf(document, name).Worksheet.Descendants<Cell>();

    /// <summary>Gets the texts of all cells by row, each at the place that its reference names; no text where there is no cell.</summary>
    public static List<string?[]> RowsOf(SpreadsheetDocument document, string name)
    {
        var rows = new List<string?[]>();
        foreach (var row in PartOf(document, name).Worksheet.Descendants<Row>())
        {
            var cells = row.Elements<Cell>().ToDictionary(cell => cell.CellReference!.Value![0] - 'A', cell => cell.InnerText);
            row.Elements<Cell>().Should().OnlyContain(cell => cell.CellReference!.Value!.EndsWith($"{row.RowIndex}"));
            rows.Add([.. Enumerable.Range(0, cells.Keys.Max() + 1).Select(cells.GetValueOrDefault)]);
        }

        return rows;
    }
}
