using System.Globalization;
using DocumentFormat.OpenXml.Packaging;
using A = DocumentFormat.OpenXml.Drawing;
using C = DocumentFormat.OpenXml.Drawing.Charts;
using Xdr = DocumentFormat.OpenXml.Drawing.Spreadsheet;

namespace TradingBot.Reporting.Workbook;

/// <summary>A line chart whose points are the rows of a sheet: the times in the first column, the series in the last ones.</summary>
internal static class BalanceChart
{
    private const uint TimeAxis = 1;
    private const uint MoneyAxis = 2;
    private static readonly string[] Colors = ["1F6FD6", "B57A09"];

    /// <summary>Adds the chart to the right of the columns.</summary>
    /// <param name="drawings">The sheet's drawings.</param>
    /// <param name="sheet">The sheet's name.</param>
    /// <param name="headings">The headings of all columns.</param>
    /// <param name="first">The first column of the series, 0 the first of all; they go on to the last.</param>
    /// <param name="lastRow">The last row.</param>
    public static void AddTo(DrawingsPart drawings, string sheet, string[] headings, int first, int lastRow)
    {
        var part = drawings.AddNewPart<ChartPart>();
        part.ChartSpace = new C.ChartSpace(Chart(sheet, headings, first, lastRow));
        part.ChartSpace.Save();
        drawings.WorksheetDrawing = new Xdr.WorksheetDrawing(Anchor(drawings.GetIdOfPart(part), headings.Length + 1));
        drawings.WorksheetDrawing.Save();
    }

    private static C.Chart Chart(string sheet, string[] headings, int first, int lastRow)
    {
        var lines = new C.LineChart(new C.Grouping { Val = C.GroupingValues.Standard }, new C.VaryColors { Val = false });
        for (var column = first; column < headings.Length; column++)
        {
            lines.Append(Series((uint)(column - first), sheet, column, headings[column], lastRow));
        }

        lines.Append(new C.ShowMarker { Val = false }, new C.AxisId { Val = TimeAxis }, new C.AxisId { Val = MoneyAxis });
        return new C.Chart(
            Title("Balance"),
            new C.AutoTitleDeleted { Val = false },
            new C.PlotArea(new C.Layout(), lines, Times(), Money()),
            new C.Legend(new C.LegendPosition { Val = C.LegendPositionValues.Bottom }, new C.Overlay { Val = false }),
            new C.PlotVisibleOnly { Val = true },
            new C.DisplayBlanksAs { Val = C.DisplayBlanksAsValues.Gap });
    }

    private static C.LineChartSeries Series(uint index, string sheet, int column, string name, int lastRow) => new(
        new C.Index { Val = index },
        new C.Order { Val = index },
        new C.SeriesText(new C.StringReference(
            new C.Formula(Range(sheet, column, 1, 1)),
            new C.StringCache(new C.PointCount { Val = 1 }, new C.StringPoint(new C.NumericValue(name)) { Index = 0 }))),
        new C.ChartShapeProperties(new A.Outline(new A.SolidFill(new A.RgbColorModelHex { Val = Colors[index] })) { Width = 15_875 }),
        new C.Marker(new C.Symbol { Val = C.MarkerStyleValues.None }),
        new C.CategoryAxisData(new C.NumberReference(new C.Formula(Range(sheet, 0, 2, lastRow)))),
        new C.Values(new C.NumberReference(new C.Formula(Range(sheet, column, 2, lastRow)))),
        new C.Smooth { Val = false });

    private static string Range(string sheet, int column, int from, int to)
    {
        var letter = (char)('A' + column);
        return from == to
            ? string.Create(CultureInfo.InvariantCulture, $"{sheet}!${letter}${from}")
            : string.Create(CultureInfo.InvariantCulture, $"{sheet}!${letter}${from}:${letter}${to}");
    }

    private static C.Title Title(string text) => new(
        new C.ChartText(new C.RichText(new A.BodyProperties(), new A.ListStyle(), new A.Paragraph(new A.Run(new A.RunProperties { Language = "en-US" }, new A.Text(text))))),
        new C.Overlay { Val = false });

    private static C.CategoryAxis Times() => new(
        new C.AxisId { Val = TimeAxis },
        new C.Scaling(new C.Orientation { Val = C.OrientationValues.MinMax }),
        new C.Delete { Val = false },
        new C.AxisPosition { Val = C.AxisPositionValues.Bottom },
        new C.NumberingFormat { FormatCode = "yyyy-mm-dd", SourceLinked = false },
        new C.MajorTickMark { Val = C.TickMarkValues.Outside },
        new C.MinorTickMark { Val = C.TickMarkValues.None },
        new C.TickLabelPosition { Val = C.TickLabelPositionValues.Low },
        new C.CrossingAxis { Val = MoneyAxis },
        new C.Crosses { Val = C.CrossesValues.AutoZero },
        new C.AutoLabeled { Val = false },
        new C.LabelOffset { Val = 100 },
        new C.NoMultiLevelLabels { Val = true });

    private static C.ValueAxis Money() => new(
        new C.AxisId { Val = MoneyAxis },
        new C.Scaling(new C.Orientation { Val = C.OrientationValues.MinMax }),
        new C.Delete { Val = false },
        new C.AxisPosition { Val = C.AxisPositionValues.Left },
        new C.MajorGridlines(),
        new C.NumberingFormat { FormatCode = "#,##0", SourceLinked = false },
        new C.MajorTickMark { Val = C.TickMarkValues.Outside },
        new C.MinorTickMark { Val = C.TickMarkValues.None },
        new C.TickLabelPosition { Val = C.TickLabelPositionValues.NextTo },
        new C.CrossingAxis { Val = TimeAxis },
        new C.Crosses { Val = C.CrossesValues.AutoZero },
        new C.CrossBetween { Val = C.CrossBetweenValues.MidpointCategory });

    private static Xdr.TwoCellAnchor Anchor(string chart, int column) => new(
        new Xdr.FromMarker(new Xdr.ColumnId(Text(column)), new Xdr.ColumnOffset("0"), new Xdr.RowId("1"), new Xdr.RowOffset("0")),
        new Xdr.ToMarker(new Xdr.ColumnId(Text(column + 8)), new Xdr.ColumnOffset("0"), new Xdr.RowId("27"), new Xdr.RowOffset("0")),
        new Xdr.GraphicFrame(
            new Xdr.NonVisualGraphicFrameProperties(
                new Xdr.NonVisualDrawingProperties { Id = 2, Name = "Balance", Description = "The equity at every close beside buying and holding" },
                new Xdr.NonVisualGraphicFrameDrawingProperties()),
            new Xdr.Transform(new A.Offset { X = 0, Y = 0 }, new A.Extents { Cx = 0, Cy = 0 }),
            new A.Graphic(new A.GraphicData(new C.ChartReference { Id = chart }) { Uri = "http://schemas.openxmlformats.org/drawingml/2006/chart" }))
        { Macro = string.Empty },
        new Xdr.ClientData());

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
