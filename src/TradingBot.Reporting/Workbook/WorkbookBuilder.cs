using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Spreadsheet;

namespace TradingBot.Reporting.Workbook;

/// <summary>Puts the sheets of a workbook together.</summary>
internal sealed class WorkbookBuilder
{
    private readonly WorkbookPart _workbook;
    private readonly Sheets _sheets = new();

    public WorkbookBuilder(WorkbookPart workbook)
    {
        _workbook = workbook;
        var styles = workbook.AddNewPart<WorkbookStylesPart>();
        styles.Stylesheet = CellStyles.Create();
        styles.Stylesheet.Save();
    }

    /// <summary>Adds a sheet and begins to write it.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="headings">The first row, which stays in view.</param>
    /// <param name="chart">Adds a chart to the sheet's drawing; <see langword="null"/> for none.</param>
    public SheetWriter AddSheet(string name, IReadOnlyList<string> headings, Action<DrawingsPart>? chart = null)
    {
        var part = _workbook.AddNewPart<WorksheetPart>();
        _sheets.Append(new Sheet { Name = name, SheetId = (uint)_sheets.ChildElements.Count + 1, Id = _workbook.GetIdOfPart(part) });
        string? drawing = null;
        if (chart is not null)
        {
            var drawings = part.AddNewPart<DrawingsPart>();
            chart(drawings);
            drawing = part.GetIdOfPart(drawings);
        }

        return new SheetWriter(part, headings, drawing);
    }

    public void Finish()
    {
        _workbook.Workbook = new DocumentFormat.OpenXml.Spreadsheet.Workbook(_sheets);
        _workbook.Workbook.Save();
    }
}
