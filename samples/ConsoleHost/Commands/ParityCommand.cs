using System.CommandLine;
using System.Globalization;
using Spectre.Console;
using TradingBot.Journal;

namespace ConsoleHost.Commands;

/// <summary>Replays a journal through the backtester.</summary>
internal static class ParityCommand
{
    public static Command Create(IAnsiConsole console)
    {
        var (journal, bot) = (JournalOptions.Journal(), JournalOptions.Bot());
        var bars = new Option<FileInfo?>("--bars") { Description = "The exchange's bars as they are known now, to find what it has revised since." };
        var command = new Command("parity", "Compares what a bot did with its backtest: the first decision that differs, and where the money went.") { journal, bot, bars };
        command.SetAction(arguments =>
        {
            var entries = JournalOptions.Read(arguments.GetValue(journal)!, arguments.GetValue(bot));
            var decision = entries.OfType<DecisionEntry>().FirstOrDefault() ?? throw new ArgumentException("The journal holds no decision.");
            var known = arguments.GetValue(bars) is { } file
                ? BarFiles.Read(file, decision.Symbol.Id, decision.Bars.Interval.ToString(), TradingBot.Market.GapPolicy.Flag)
                : null;
            Write(console, ParityCheck.Run(entries, JournalOptions.StrategyOf(decision), known));
            return 0;
        });
        return command;
    }

    private static void Write(IAnsiConsole console, ParityReport report)
    {
        console.Profile.Out.Writer.WriteLine(string.Create(
            CultureInfo.InvariantCulture, $"{report.Decisions} decisions, from the bar of {report.From:u} to that of {report.To:u}"));
        console.Profile.Out.Writer.WriteLine(report.FirstDifference is { } first
            ? string.Create(CultureInfo.InvariantCulture, $"First difference at {first.BarOpenTime:u}: the bot decided {first.Recorded ?? "nothing"}, the backtest {first.Replayed}; {first.Reason}.")
            : "Every decision is the backtest's.");
        var table = new Table().Border(TableBorder.Simple).AddColumn("Money").AddColumn(new TableColumn("Amount").RightAligned());
        foreach (var (name, amount) in new[]
        {
            ("the bot made", report.Money.Recorded), ("the backtest made", report.Money.Replayed), ("difference", report.Money.Total), ("of it: prices", report.Money.Price),
            ("of it: fees", report.Money.Fee), ("of it: funding", report.Money.Funding), ("of it: bars revised since", report.Money.RevisedData),
            ("of it: timing and quantities", report.Money.Timing),
        })
        {
            table.AddRow(name, amount.ToString("#,0.00######", CultureInfo.InvariantCulture));
        }

        console.Write(table);
    }
}
