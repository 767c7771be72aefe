using System.CommandLine;
using Spectre.Console;
using TradingBot.Journal;

namespace ConsoleHost.Commands;

/// <summary>Decides again what a capsule holds.</summary>
internal static class ReplayCommand
{
    private const int Differs = 2;

    public static Command Create(IAnsiConsole console)
    {
        var capsule = new Option<FileInfo>("--capsule") { Description = "The file that capsule has written.", Required = true };
        var model = new Option<FileInfo?>("--model") { Description = "The model that forecast; left out, the recorded forecast is taken as it is." };
        var command = new Command("replay", "Decides again from a capsule and compares to the last bit; ends with 2 when something differs.") { capsule, model };
        command.SetAction(async (arguments, cancellationToken) =>
        {
            var loaded = DecisionCapsule.Load(arguments.GetValue(capsule)!.FullName);
            using var predictor = arguments.GetValue(model) is { } file ? await SeriesOptions.LoadModelAsync(file.FullName, [], cancellationToken) : null;
            var result = loaded.Replay(JournalOptions.StrategyOf(loaded.Decision), predictor);
            var output = console.Profile.Out.Writer;
            output.WriteLine($"{loaded.Decision.Symbol} {loaded.Decision.BarOpenTime:u}: {result.Plan.Decision.Action} ({result.Plan.Decision.Reason})");
            foreach (var difference in result.Differences)
            {
                output.WriteLine(difference);
            }

            output.WriteLine(result.IsSame ? "The same, to the last bit." : "Not the same.");
            return result.IsSame ? 0 : Differs;
        });
        return command;
    }
}
