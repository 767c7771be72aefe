using System.Globalization;

namespace TradingBot.Journal.Tests;

/// <summary>The program that a test kills: it adds entries to a journal without end and tells of each that is kept.</summary>
internal static class AppendUntilKilled
{
    public static async Task Main(string[] arguments)
    {
        using var journal = new SqliteTradeJournal(arguments[0]);
        for (var number = int.Parse(arguments[1], CultureInfo.InvariantCulture); ; number++)
        {
            await journal.AppendAsync(SampleEntries.Cycle(number));
            Console.Out.WriteLine(number.ToString(CultureInfo.InvariantCulture));
            Console.Out.Flush();
        }
    }
}
