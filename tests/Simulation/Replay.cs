using System.Globalization;
using System.Text;
using TradingBot.Tests.Simulation.Worlds;

namespace TradingBot.Tests.Simulation;

/// <summary>How a world is run again, and its end told.</summary>
internal static class Replay
{
    private const string Run = "dotnet run -c Release --project tests/Simulation --";

    public static string Command(ulong seed, int cycles, string? mutant = null) =>
        string.Create(CultureInfo.InvariantCulture, $"{Run} --seed {seed} --cycles {cycles}{(mutant is null ? "" : $" --mutant {mutant}")}");

    public static string Command(in Strike strike) => $"{Run} --strike {strike}";

    /// <summary>Tells how a traced world ended.</summary>
    public static string Describe(World world, int lines)
    {
        var breach = world.Run();
        var text = new StringBuilder();
        text.AppendLine(world.Settings.ToString());
        foreach (var line in world.Trace!.Lines.TakeLast(lines))
        {
            text.AppendLine(line);
        }

        return text.AppendLine(breach?.What ?? "Nothing was breached.").ToString();
    }
}
