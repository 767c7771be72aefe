using System.Globalization;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Spreadsheet;
using DocumentFormat.OpenXml.Validation;
using TradingBot.Backtesting;
using TradingBot.Market;
using TradingBot.Strategies;
using TradingBot.Testing;
using static TradingBot.Reporting.Tests.WorkbookContent;
using C = DocumentFormat.OpenXml.Drawing.Charts;

namespace TradingBot.Reporting.Tests;

/// <summary>Opens the workbook again, as a spreadsheet program would, and compares what is in it.</summary>
public sealed class BacktestWorkbookTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Write_Result_IsAValidWorkbookOfThreeSheets()
    {
        using var document = Open(Samples.Backtest());

        new OpenXmlValidator().Validate(document).Select(error => $"{error.Path?.XPath}: {error.Description}").Should().BeEmpty();
        document.WorkbookPart!.Workbook.Descendants<Sheet>().Select(sheet => sheet.Name!.Value).Should().Equal("Positions", "Balance", "Statistics");
    }

    [Fact]
    public void Write_Trades_AreNumbersWithAllTheirDigits()
    {
        var result = Samples.Backtest();
        result = result with
        {
            Trades = [.. result.Trades.Take(3), result.Trades[3] with { Quantity = 0.1234567890123456789012345678m, GrossProfit = -79_228_162_514.264337593543950335m, IsOpen = true, ExitReason = null }],
        };
        using var document = Open(result);

        var rows = RowsOf(document, "Positions");
        rows[0].Should().Equal(
            "#", "Side", "Entry time", "Exit time", "Bars held", "Quantity", "Entry price", "Exit price", "Gross profit", "Fees", "Funding", "Slippage", "Net profit",
            "Entry reason", "Exit reason", "Open");
        rows.Should().HaveCount(5);
        foreach (var (trade, row) in result.Trades.Zip(rows.Skip(1)))
        {
            row[1].Should().Be(trade.EntrySide == Side.Buy ? "long" : "short");
            TimeOf(row[2]).Should().Be(trade.EntryTime.UtcDateTime);
            TimeOf(row[3]).Should().Be(trade.ExitTime.UtcDateTime);
            decimal[] numbers = [trade.BarsHeld, trade.Quantity, trade.EntryPrice, trade.ExitPrice, trade.GrossProfit, trade.Fees, trade.Funding, trade.Slippage, trade.NetProfit];
            row[4..13].Select(text => decimal.Parse(text!, CultureInfo.InvariantCulture)).Should().Equal(numbers);
            row[13].Should().Be(trade.EntryReason);
        }

        rows[4][5].Should().Be("0.1234567890123456789012345678");
        rows[4][8].Should().Be("-79228162514.264337593543950335");
        rows.Skip(1).Select(row => row.ElementAtOrDefault(15)).Should().Equal(null, null, null, "open");
        var cells = CellsOf(document, "Positions").Where(cell => cell.CellReference!.Value!.StartsWith('F')).Skip(1);
        cells.Should().OnlyContain(cell => cell.DataType == null || cell.DataType == CellValues.Number, "a quantity is a number and no text");
    }

    [Fact]
    public void Write_BarsThatHideTheOrder_HasAColumnForTheOtherResult()
    {
        var result = Samples.Ambiguous();
        using var document = Open(result);

        new OpenXmlValidator().Validate(document).Should().BeEmpty();
        var rows = RowsOf(document, "Statistics");
        rows[0].Should().Equal("Figure", "Strategy", "Buy and hold", "Strategy, if what helps came first inside a bar");
        var total = rows.Single(row => row[0] == "Total return");
        total[1..].Select(text => double.Parse(text!, CultureInfo.InvariantCulture)).Should()
            .Equal(result.Statistics.TotalReturn, result.Statistics.BuyAndHoldReturn, result.Optimistic!.Statistics.TotalReturn);
        var balance = rows.Single(row => row[0] == "Final balance");
        decimal.Parse(balance[1]!, CultureInfo.InvariantCulture).Should().Be(result.Statistics.FinalBalance);
        balance[2].Should().BeNull();
        decimal.Parse(balance[3]!, CultureInfo.InvariantCulture).Should().Be(result.Optimistic.Statistics.FinalBalance);
    }

    [Fact]
    public void Write_Equity_IsARowForEachBar()
    {
        var result = Samples.Backtest();
        using var document = Open(result);

        var rows = RowsOf(document, "Balance");
        rows[0].Should().Equal("Time", "Close", "Equity", "Buy and hold");
        rows.Should().HaveCount(result.Bars.Count + 1);
        for (var i = 0; i < result.Bars.Count; i++)
        {
            TimeOf(rows[i + 1][0]).Should().Be(result.Bars.CloseTimeAt(i).UtcDateTime);
            rows[i + 1][1..].Select(text => double.Parse(text!, CultureInfo.InvariantCulture)).Should()
                .Equal(result.Bars.Closes[i], result.Equity.Span[i], 10_000d / result.Bars.Opens[0] * result.Bars.Closes[i]);
        }
    }

    [Fact]
    public void Write_Chart_DrawsEveryRowOfTheEquity()
    {
        using var document = Open(Samples.Backtest());

        var sheet = PartOf(document, "Balance");
        sheet.Worksheet.Descendants<Drawing>().Single().Id!.Value.Should().Be(sheet.GetIdOfPart(sheet.DrawingsPart!));
        var chart = sheet.DrawingsPart!.ChartParts.Single().ChartSpace.Descendants<C.LineChart>().Single();
        var series = chart.Elements<C.LineChartSeries>().ToArray();
        series.Select(line => line.SeriesText!.InnerText).Should().Equal("Balance!$C$1Equity", "Balance!$D$1Buy and hold");
        series.Select(line => line.Descendants<C.Values>().Single().InnerText).Should().Equal("Balance!$C$2:$C$801", "Balance!$D$2:$D$801");
        series.Select(line => line.Descendants<C.CategoryAxisData>().Single().InnerText).Should().OnlyContain(range => range == "Balance!$A$2:$A$801");
        PartOf(document, "Positions").DrawingsPart.Should().BeNull();
    }

    [Fact]
    public void Write_Statistics_AreTheFigures()
    {
        var result = Samples.Backtest() with { Warnings = ["Beware."] };
        using var document = Open(result);

        var rows = RowsOf(document, "Statistics").ToLookup(row => row[0]!, row => row[1..], StringComparer.Ordinal);
        double.Parse(rows["Total return"].Single()[0]!, CultureInfo.InvariantCulture).Should().Be(result.Statistics.TotalReturn);
        double.Parse(rows["Sharpe ratio (yearly)"].Single()[1]!, CultureInfo.InvariantCulture).Should().Be(result.Statistics.BuyAndHoldSharpe);
        decimal.Parse(rows["Final balance"].Single()[0]!, CultureInfo.InvariantCulture).Should().Be(result.Statistics.FinalBalance);
        rows["Hash of the bars"].Single()[0].Should().Be(Fingerprint.Of(result.Bars));
        rows["Warning"].Single()[0].Should().Be("Beware.");
    }

    [Fact]
    public void Write_NothingTraded_HasEmptyCellsForWhatCannotBeComputed()
    {
        using var document = Open(Samples.Backtest(SampleBars.Rising(60), new Idle()));

        RowsOf(document, "Positions").Should().HaveCount(1);
        RowsOf(document, "Statistics").Single(row => row[0] == "Win rate").Should().Equal("Win rate");
        new OpenXmlValidator().Validate(document).Should().BeEmpty();
    }

    [Fact]
    public void Write_HostileReasons_StayTexts()
    {
        var result = Samples.Backtest();
        var reasons = new[] { "=HYPERLINK(\"http://example.com\")", Samples.Hostile, "bell\u0007 and \uD800 half", new string('x', 40_000) };
        result = result with { Trades = [.. result.Trades.Zip(reasons, (trade, reason) => trade with { EntryReason = reason })] };
        using var document = Open(result);

        var read = RowsOf(document, "Positions").Skip(1).Select(row => row[13]).ToArray();
        read.Should().Equal(reasons[0], reasons[1], "bell\uFFFD and \uFFFD half", new string('x', 32_767));
        CellsOf(document, "Positions").Should().OnlyContain(cell => cell.CellFormula == null);
        new OpenXmlValidator().Validate(document).Should().BeEmpty();
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(1_048_575, 1)]
    [InlineData(1_048_576, 2)]
    [InlineData(3_000_000, 3)]
    public void ClosesPerRow_AnyLength_FitsTheSheet(int closes, int expected) => Workbook.BalanceSheet.ClosesPerRow(closes).Should().Be(expected);

    [Fact]
    public void Write_NoResultOrPath_IsRefused()
    {
        FluentActions.Invoking(() => BacktestWorkbook.Write((BacktestResult)null!, _folder.PathOf("x.xlsx"))).Should().Throw<ArgumentNullException>();
        FluentActions.Invoking(() => BacktestWorkbook.Write(Samples.Backtest(), string.Empty)).Should().Throw<ArgumentException>();
    }

    private SpreadsheetDocument Open(BacktestResult result)
    {
        var path = _folder.PathOf("new/workbook.xlsx");
        BacktestWorkbook.Write(result, path);
        return SpreadsheetDocument.Open(path, isEditable: false);
    }

    private sealed class Idle : IStrategy
    {
        public Decision Decide(in StrategyContext context) => Decision.None;
    }
}
