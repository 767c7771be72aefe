using System.Globalization;
using CsvHelper;

namespace TradingBot.Backtesting;

/// <summary>Writes a backtest's trades and equity as CSV files.</summary>
public static class BacktestFiles
{
    private const string TimeFormat = "yyyy-MM-ddTHH:mm:ssZ";

    private static readonly string[] TradeColumns =
        ["side", "entry_time", "exit_time", "bars_held", "quantity", "entry_price", "exit_price", "gross_profit", "fees", "funding", "slippage", "net_profit", "entry_reason", "exit_reason", "is_open"];

    /// <summary>Writes one line per trade: side, times in UTC, quantity, prices, and what was earned and paid, in the settlement asset.</summary>
    /// <param name="result">The backtest.</param>
    /// <param name="path">The file; it is replaced.</param>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public static void WriteTrades(BacktestResult result, string path)
    {
        ArgumentNullException.ThrowIfNull(result);
        Write(path, csv =>
        {
            WriteRow(csv, TradeColumns);
            foreach (var trade in result.Trades)
            {
                WriteRow(csv, FieldsOf(trade));
            }
        });
    }

    /// <summary>Writes the trades of a portfolio as those of a backtest, market after market, with the symbol before each.</summary>
    /// <param name="result">The portfolio.</param>
    /// <param name="path">The file; it is replaced.</param>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public static void WriteTrades(PortfolioResult result, string path)
    {
        ArgumentNullException.ThrowIfNull(result);
        Write(path, csv =>
        {
            WriteRow(csv, ["symbol", .. TradeColumns]);
            foreach (var market in result.Markets)
            {
                foreach (var trade in market.Trades)
                {
                    WriteRow(csv, [market.Market.Bars.Symbol.Id, .. FieldsOf(trade)]);
                }
            }
        });
    }

    /// <summary>Writes one line per bar: its close time in UTC, the close, the forecast made then, and the equity; where bars hid the order of events, also the
    /// equity of the optimistic run, as <c>equity_optimistic</c>.</summary>
    /// <param name="result">The backtest.</param>
    /// <param name="path">The file; it is replaced.</param>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public static void WriteEquity(BacktestResult result, string path)
    {
        ArgumentNullException.ThrowIfNull(result);
        Write(path, csv =>
        {
            WriteRow(csv, ["time", "close", "forecast", "equity", .. OptimisticHeading(result.Optimistic)]);
            for (var i = 0; i < result.Bars.Count; i++)
            {
                WriteRow(
                    csv,
                    [
                        Text(result.Bars.CloseTimeAt(i)),
                        Text(result.Bars.Closes[i]),
                        result.Forecasts?[i] is { } forecast ? Text(forecast.Price) : "",
                        Text(result.Equity.Span[i]),
                        .. OptimisticAt(result.Optimistic, i),
                    ]);
            }
        });
    }

    /// <summary>Writes one line per close of any market of a portfolio: its time in UTC, the equity of the account, and the initial balance held in equal
    /// parts; where bars hid the order of events, also the equity of the optimistic run, as <c>equity_optimistic</c>.</summary>
    /// <param name="result">The portfolio.</param>
    /// <param name="path">The file; it is replaced.</param>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public static void WriteEquity(PortfolioResult result, string path)
    {
        ArgumentNullException.ThrowIfNull(result);
        Write(path, csv =>
        {
            WriteRow(csv, ["time", "equity", "buy_and_hold", .. OptimisticHeading(result.Optimistic)]);
            for (var i = 0; i < result.CloseTimes.Length; i++)
            {
                WriteRow(csv, [Text(result.CloseTimeAt(i)), Text(result.Equity.Span[i]), Text(result.BuyAndHold.Span[i]), .. OptimisticAt(result.Optimistic, i)]);
            }
        });
    }

    private static string[] OptimisticHeading(OptimisticResult? optimistic) => optimistic is null ? [] : ["equity_optimistic"];

    private static string[] OptimisticAt(OptimisticResult? optimistic, int index) => optimistic is null ? [] : [Text(optimistic.Equity.Span[index])];

    private static string[] FieldsOf(Trade trade) =>
    [
        trade.EntrySide == Market.Side.Buy ? "long" : "short",
        Text(trade.EntryTime),
        Text(trade.ExitTime),
        Text(trade.BarsHeld),
        Text(trade.Quantity),
        Text(trade.EntryPrice),
        Text(trade.ExitPrice),
        Text(trade.GrossProfit),
        Text(trade.Fees),
        Text(trade.Funding),
        Text(trade.Slippage),
        Text(trade.NetProfit),
        trade.EntryReason ?? "",
        trade.ExitReason ?? "",
        trade.IsOpen ? "true" : "false",
    ];

    private static void Write(string path, Action<CsvWriter> write)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        if (Path.GetDirectoryName(Path.GetFullPath(path)) is { } folder)
        {
            Directory.CreateDirectory(folder);
        }

        using var text = new StreamWriter(path);
        using var csv = CsvWriter.Create(text, new CsvWriterOptions { FormatProvider = CultureInfo.InvariantCulture, NewLine = "\n" }, leaveOpen: true);
        write(csv);
    }

    private static void WriteRow(CsvWriter csv, params ReadOnlySpan<string> fields)
    {
        foreach (var field in fields)
        {
            csv.WriteField(field);
        }

        csv.EndRecord();
    }

    private static string Text(DateTimeOffset time) => time.UtcDateTime.ToString(TimeFormat, CultureInfo.InvariantCulture);

    private static string Text(IFormattable number) => number.ToString(null, CultureInfo.InvariantCulture);
}
