using System.CommandLine;
using System.Globalization;
using Spectre.Console;
using Symbol = TradingBot.Market.Symbol;

namespace TradingBot.Benchmarks;

/// <summary>How many bars a second a portfolio takes on one core, by the number of its markets.</summary>
internal static class PortfolioBenchmark
{
    private static readonly int[] Counts = [1, 4, 16];

    public static Command Create()
    {
        var bars = new Option<int>("--bars") { Description = "The bars of each market.", DefaultValueFactory = _ => 100_000 };
        var runs = new Option<int>("--runs") { Description = "How often each is measured; the median is printed.", DefaultValueFactory = _ => 5 };
        var command = new Command("portfolio", "Measures portfolios of 1, 4 and 16 markets of random one-minute bars, threshold strategy, forecasts given.") { bars, runs };
        command.SetAction(arguments => Run(arguments.GetValue(bars), arguments.GetValue(runs)));
        return command;
    }

    private static void Run(int bars, int runs)
    {
        var console = AnsiConsole.Console;
        console.WriteLine($"load {MachineLoad.Now}; medians of {runs} runs");
        var markets = Enumerable.Range(0, Counts[^1]).Select(i => BenchmarkMarket.Create(bars, Symbol.Parse($"C{i:00}USDT"), i)).ToArray();
        var subject = BacktestSubject.All[0];
        BacktestBenchmark.WarmUp(() => subject.Run(markets[..2]));
        var table = new Table().Title(string.Create(CultureInfo.InvariantCulture, $"{subject.Name}, {bars:#,0} bars a market")).Border(TableBorder.Rounded);
        foreach (var heading in (string[])["Markets", "Bars in all", "Trades", "ns/bar, wall", "M bars/s, wall", "ns/bar, CPU", "M bars/s, CPU", "Bytes/bar"])
        {
            table.AddColumn(new TableColumn(heading).RightAligned());
        }

        foreach (var count in Counts)
        {
            var some = markets[..count];
            var trades = subject.Run(some).Statistics.TradeCount;
            var (wall, processor, bytes) = BacktestBenchmark.Measure(() => subject.Run(some), runs);
            var all = (double)bars * count;
            table.AddRow(
                Text(count, "0"),
                Text(all, "#,0"),
                Text(trades, "#,0"),
                Text(wall / all, "0.0"),
                Text(all / wall * 1e3, "0.0"),
                Text(processor / all, "0.0"),
                Text(all / processor * 1e3, "0.0"),
                Text(bytes / all, "0.0"));
        }

        console.Write(table);
        console.WriteLine($"load {MachineLoad.Now} at the end");
    }

    private static string Text(double value, string format) => value.ToString(format, CultureInfo.InvariantCulture);
}
