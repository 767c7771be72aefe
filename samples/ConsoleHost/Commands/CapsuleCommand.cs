using System.CommandLine;
using System.Globalization;
using Spectre.Console;
using TradingBot.Journal;

namespace ConsoleHost.Commands;

/// <summary>Takes one decision out of a journal, with all that it followed from.</summary>
internal static class CapsuleCommand
{
    public static Command Create(IAnsiConsole console)
    {
        var (journal, bot) = (JournalOptions.Journal(), JournalOptions.Bot());
        var bar = new Option<string?>("--bar") { Description = "The open time of the bar that was decided, UTC; the latest unless given." };
        var output = new Option<FileInfo>("--out") { Description = "The capsule's file.", DefaultValueFactory = _ => new FileInfo("capsule.json") };
        var command = new Command("capsule", "Exports a decision from a journal as a small file that replays on any machine.") { journal, bot, bar, output };
        command.SetAction(arguments =>
        {
            var decisions = JournalOptions.Read(arguments.GetValue(journal)!, arguments.GetValue(bot)).OfType<DecisionEntry>().ToArray();
            var wanted = arguments.GetValue(bar) is { } text ? JournalOptions.Time(text) : (DateTimeOffset?)null;
            var decision = Array.FindLast(decisions, decision => wanted is null || decision.BarOpenTime == wanted)
                ?? throw new ArgumentException(wanted is null
                    ? "The journal holds no decision."
                    : string.Create(CultureInfo.InvariantCulture, $"The journal holds no decision on the bar of {wanted:u}."));
            var path = arguments.GetValue(output)!.FullName;
            new DecisionCapsule(decision).Save(path);
            console.Profile.Out.Writer.WriteLine(string.Create(
                CultureInfo.InvariantCulture, $"Wrote the decision on the bar of {decision.BarOpenTime:u} ({decision.Decision.Action}) to {path}"));
            return 0;
        });
        return command;
    }
}
