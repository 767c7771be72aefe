using System.Globalization;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Spreadsheet;
using DocumentFormat.OpenXml.Validation;
using TradingBot.Backtesting;
using TradingBot.Market;
using TradingBot.Testing;
using static TradingBot.Reporting.Tests.WorkbookContent;
using C = DocumentFormat.OpenXml.Drawing.Charts;

namespace TradingBot.Reporting.Tests;

/// <summary>Opens the workbook of a portfolio again and compares what is in it.</summary>
public sealed class PortfolioWorkbookTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Write_Result_IsAValidWorkbookOfFourSheets()
    {
        using var document = Open(Samples.Portfolio());

        new OpenXmlValidator().Validate(document).Select(error => $"{error.Path?.XPath}: {error.Description}").Should().BeEmpty();
        document.WorkbookPart!.Workbook.Descendants<Sheet>().Select(sheet => sheet.Name!.Value).Should().Equal("Positions", "Balance", "Markets", "Statistics");
    }

    [Fact]
    public void Write_Trades_NameTheirMarketInTheOrderOfTime()
    {
        var result = Samples.Portfolio();
        using var document = Open(result);

        var rows = RowsOf(document, "Positions");
        rows[0][..4].Should().Equal("#", "Market", "Side", "Entry time");
        var trades = result.Markets.SelectMany(market => market.Trades.Select(trade => (market.Market.Bars.Symbol.Id, Trade: trade))).OrderBy(entry => entry.Trade.EntryTime).ToArray();
        rows.Should().HaveCount(trades.Length + 1);
        trades.Select(entry => entry.Id).Distinct(StringComparer.Ordinal).Should().Equal("BTCUSDT", "ETHUSDT");
        foreach (var (index, (entry, row)) in trades.Zip(rows.Skip(1)).Index())
        {
            row[..3].Should().Equal((index + 1).ToString(CultureInfo.InvariantCulture), entry.Id, entry.Trade.EntrySide == Side.Buy ? "long" : "short");
            TimeOf(row[3]).Should().Be(entry.Trade.EntryTime.UtcDateTime);
            decimal.Parse(row[13]!, CultureInfo.InvariantCulture).Should().Be(entry.Trade.NetProfit);
        }
    }

    [Fact]
    public void Write_Equity_IsARowForEachCloseWithAChart()
    {
        var result = Samples.Portfolio();
        using var document = Open(result);

        var rows = RowsOf(document, "Balance");
        rows[0].Should().Equal("Time", "Equity", "Held in equal parts");
        rows.Should().HaveCount(result.CloseTimes.Length + 1);
        for (var i = 0; i < result.CloseTimes.Length; i++)
        {
            TimeOf(rows[i + 1][0]).Should().Be(result.CloseTimeAt(i).UtcDateTime);
            rows[i + 1][1..].Select(text => double.Parse(text!, CultureInfo.InvariantCulture)).Should().Equal(result.Equity.Span[i], result.BuyAndHold.Span[i]);
        }

        var series = PartOf(document, "Balance").DrawingsPart!.ChartParts.Single().ChartSpace.Descendants<C.LineChartSeries>().ToArray();
        series.Select(line => line.SeriesText!.InnerText).Should().Equal("Balance!$B$1Equity", "Balance!$C$1Held in equal parts");
        series.Select(line => line.Descendants<C.Values>().Single().InnerText).Should().Equal("Balance!$B$2:$B$601", "Balance!$C$2:$C$601");
    }

    [Fact]
    public void Write_Markets_AreARowEachAndOneForAll()
    {
        var result = Samples.Portfolio();
        var finer = SampleBars.RandomWalk(10, seed: 5, interval: Interval.OneHour);
        result = result with { Markets = [result.Markets[0] with { Market = result.Markets[0].Market with { FinerBars = finer } }, result.Markets[1]] };
        using var document = Open(result);

        var rows = RowsOf(document, "Markets");
        rows.Select(row => row[0]).Should().Equal("Market", "BTCUSDT", "ETHUSDT", "All");
        rows[0][5..12].Should().Equal("Contribution", "Net profit", "Edge", "Fees", "Funding", "Slippage", "Trades");
        foreach (var (market, row) in result.Markets.Zip(rows.Skip(1)))
        {
            var bars = market.Market.Bars;
            TimeOf(row[2]).Should().Be(bars.OpenTimeAt(0).UtcDateTime);
            TimeOf(row[3]).Should().Be(bars.CloseTimeAt(bars.Count - 1).UtcDateTime);
            double.Parse(row[5]!, CultureInfo.InvariantCulture).Should().Be(market.Contribution);
            decimal[] numbers = [market.NetProfit, market.Edge, market.TotalFees, market.TotalFunding, market.TotalSlippage, market.Trades.Count];
            row[6..12].Select(text => decimal.Parse(text!, CultureInfo.InvariantCulture)).Should().Equal(numbers);
            row[18].Should().Be(Fingerprint.Of(bars));
        }

        rows.Skip(1).Select(row => row.ElementAtOrDefault(19)).Should().Equal($"1h, 10, hash {Fingerprint.Of(finer)}", "none", null);
        double.Parse(rows[3][5]!, CultureInfo.InvariantCulture).Should().Be(result.Statistics.TotalReturn);
        // What the parts add up to.
        foreach (var column in (int[])[4, 6, 7, 8, 9, 10, 11, 14, 17])
        {
            rows[1..3].Sum(row => decimal.Parse(row[column]!, CultureInfo.InvariantCulture)).Should().Be(decimal.Parse(rows[3][column]!, CultureInfo.InvariantCulture), rows[0][column]);
        }
    }

    [Fact]
    public void Write_BarsThatHideTheOrder_HasAColumnForTheOtherResult()
    {
        var result = Samples.Portfolio();
        result = result with { Optimistic = new OptimisticResult { Statistics = result.Statistics with { TotalReturn = 0.15 }, Equity = result.Equity }, Warnings = ["Beware."] };
        using var document = Open(result);

        var rows = RowsOf(document, "Statistics");
        rows[0].Should().Equal("Figure", "Account", "Held in equal parts", "Account, if what helps came first inside a bar");
        rows.Single(row => row[0] == "Total return")[1..].Select(text => double.Parse(text!, CultureInfo.InvariantCulture)).Should()
            .Equal(result.Statistics.TotalReturn, result.Statistics.BuyAndHoldReturn, 0.15);
        decimal.Parse(rows.Single(row => row[0] == "Final balance")[1]!, CultureInfo.InvariantCulture).Should().Be(result.Statistics.FinalBalance);
        rows.Where(row => row[0] == "Market").Select(row => row[1]).Should().Equal(result.Markets.Select(market => market.Market.Bars.ToString()));
        rows.Single(row => row[0] == "Warning")[1].Should().Be("Beware.");
    }

    [Fact]
    public void Write_NothingTraded_HasEmptyCellsForWhatCannotBeComputed()
    {
        using var document = Open(Samples.Portfolio(bars: 4));

        RowsOf(document, "Positions").Should().HaveCount(1);
        RowsOf(document, "Markets").Skip(1).Should().OnlyContain(row => row[12] == null && row[13] == null);
        new OpenXmlValidator().Validate(document).Should().BeEmpty();
    }

    [Fact]
    public void Write_NoResultOrPath_IsRefused()
    {
        FluentActions.Invoking(() => BacktestWorkbook.Write((PortfolioResult)null!, _folder.PathOf("x.xlsx"))).Should().Throw<ArgumentNullException>();
        FluentActions.Invoking(() => BacktestWorkbook.Write(Samples.Portfolio(), string.Empty)).Should().Throw<ArgumentException>();
    }

    private SpreadsheetDocument Open(PortfolioResult result)
    {
        var path = _folder.PathOf("new/workbook.xlsx");
        BacktestWorkbook.Write(result, path);
        return SpreadsheetDocument.Open(path, isEditable: false);
    }
}
