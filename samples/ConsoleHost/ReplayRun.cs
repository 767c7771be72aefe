using System.Globalization;
using Spectre.Console;
using TradingBot.Testing;
using TradingBot.Trading;

namespace ConsoleHost;

/// <summary>Runs the live loop over recorded bars, as fast as they can be decided, and prints what was ordered.</summary>
internal static class ReplayRun
{
    public static async Task RunAsync(IAnsiConsole console, Trader trader, FakeExchange exchange, CancellationToken cancellationToken)
    {
        var table = new Table().Border(TableBorder.Simple)
            .AddColumns("Bar", "Decision", "Reason", "Order", "Status", "Price", "Balance");
        var cycles = 0;
        do
        {
            var result = await trader.RunCycleAsync(cancellationToken);
            cycles++;
            foreach (var order in result.Orders)
            {
                table.AddRow(
                    result.BarOpenTime!.Value.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture),
                    result.Decision.Action.ToString(),
                    Markup.Escape(result.Decision.Reason ?? ""),
                    string.Create(CultureInfo.InvariantCulture, $"{order.Request.Side} {order.Request.Quantity}"),
                    order.Status.ToString(),
                    order.AveragePrice?.ToString(CultureInfo.InvariantCulture) ?? "-",
                    exchange.Balance.ToString("#,0.00", CultureInfo.InvariantCulture));
            }
        }
        while (!cancellationToken.IsCancellationRequested && exchange.AdvanceToNextBar());

        console.Write(table);
        console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{cycles} cycles, {exchange.Fills.Count} fills, balance {exchange.Balance:#,0.00}, equity {exchange.Equity:#,0.00}"));
    }
}
