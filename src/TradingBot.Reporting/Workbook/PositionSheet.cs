using TradingBot.Backtesting;
using TradingBot.Market;

namespace TradingBot.Reporting.Workbook;

/// <summary>The history of positions: a row for each trade.</summary>
internal static class PositionSheet
{
    public const string Name = "Positions";

    private static readonly string[] Headings =
    [
        "#", "Side", "Entry time", "Exit time", "Bars held", "Quantity", "Entry price", "Exit price", "Gross profit", "Fees", "Funding", "Slippage", "Net profit",
        "Entry reason", "Exit reason", "Open",
    ];

    /// <summary>Writes trades.</summary>
    /// <param name="workbook">The workbook.</param>
    /// <param name="trades">The trades, oldest first.</param>
    /// <param name="symbolOf">Gets the market of a trade by its place, or is <see langword="null"/> where all have one market.</param>
    public static void Write(WorkbookBuilder workbook, IReadOnlyList<Trade> trades, Func<int, string>? symbolOf)
    {
        using var sheet = workbook.AddSheet(Name, symbolOf is null ? Headings : [Headings[0], "Market", .. Headings[1..]]);
        foreach (var (index, trade) in trades.Take(SheetWriter.MaxRows).Index())
        {
            sheet.BeginRow();
            sheet.Number((decimal)index + 1);
            if (symbolOf is not null)
            {
                sheet.Text(symbolOf(index));
            }

            sheet.Text(trade.EntrySide == Side.Buy ? "long" : "short");
            sheet.Time(trade.EntryTime);
            sheet.Time(trade.ExitTime);
            sheet.Number((decimal)trade.BarsHeld);
            sheet.Number(trade.Quantity);
            sheet.Number(trade.EntryPrice);
            sheet.Number(trade.ExitPrice);
            sheet.Number(trade.GrossProfit);
            sheet.Number(trade.Fees);
            sheet.Number(trade.Funding);
            sheet.Number(trade.Slippage);
            sheet.Number(trade.NetProfit);
            sheet.Text(trade.EntryReason);
            sheet.Text(trade.ExitReason);
            sheet.Text(trade.IsOpen ? "open" : null);
        }
    }
}
