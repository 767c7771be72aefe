using DocumentFormat.OpenXml.Spreadsheet;

namespace TradingBot.Reporting.Workbook;

/// <summary>How cells look; a style is told by its place in the list.</summary>
internal static class CellStyles
{
    public const uint Plain = 0;
    public const uint Heading = 1;
    public const uint Time = 2;
    public const uint Percent = 3;

    private const uint TimeFormat = 164;

    public static Stylesheet Create() => new(
        new NumberingFormats(new NumberingFormat { NumberFormatId = TimeFormat, FormatCode = "yyyy-mm-dd hh:mm:ss" }) { Count = 1 },
        new Fonts(new Font(), new Font(new Bold())) { Count = 2 },
        new Fills(new Fill(new PatternFill { PatternType = PatternValues.None }), new Fill(new PatternFill { PatternType = PatternValues.Gray125 })) { Count = 2 },
        new Borders(new Border()) { Count = 1 },
        new CellStyleFormats(new CellFormat()) { Count = 1 },
        new CellFormats(
            new CellFormat(),
            new CellFormat { FontId = 1, ApplyFont = true },
            new CellFormat { NumberFormatId = TimeFormat, ApplyNumberFormat = true },
            new CellFormat { NumberFormatId = 10, ApplyNumberFormat = true }) // 10 is built in: 0.00%
        { Count = 4 });
}
