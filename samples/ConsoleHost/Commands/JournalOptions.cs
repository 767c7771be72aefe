using System.CommandLine;
using System.Globalization;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using TradingBot.Journal;
using TradingBot.Strategies;

namespace ConsoleHost.Commands;

/// <summary>What the commands share that read a journal.</summary>
internal static class JournalOptions
{
    public static Option<FileInfo> Journal() => new("--journal") { Description = "The SQLite file that run has written.", Required = true };

    public static Option<string?> Bot() => new("--bot") { Description = "The bot's name, where the journal holds several." };

    /// <summary>Reads all entries of the bot that is named, or of the only one there is.</summary>
    public static IReadOnlyList<JournalEntry> Read(FileInfo file, string? bot)
    {
        if (!file.Exists)
        {
            throw new FileNotFoundException($"There is no journal '{file.FullName}'.", file.FullName);
        }

        using var journal = new SqliteTradeJournal(file.FullName);
        var bots = journal.Bots();
        return (bot, bots) switch
        {
            ({ } name, _) when bots.Contains(name, StringComparer.Ordinal) => journal.Read(name),
            (null, [var only]) => journal.Read(only),
            _ => throw new ArgumentException($"Say which bot with --bot; the journal holds {(bots.Count == 0 ? "none" : string.Join(", ", bots))}."),
        };
    }

    /// <summary>Makes the strategy that decided, from the options that were written down with the decision.</summary>
    public static IStrategy StrategyOf(DecisionEntry decision)
    {
        if (decision.Strategy != typeof(ThresholdStrategy).FullName)
        {
            throw new ArgumentException(
                $"{decision.Strategy} decided, which this program does not have; replay it in a program that has, with DecisionCapsule.Replay or ParityCheck.Run.");
        }

        var services = new ServiceCollection();
        services.AddTradingBot(new ConfigurationBuilder()
            .AddInMemoryCollection(decision.Options.Select(option => KeyValuePair.Create(option.Key, (string?)option.Value))).Build());
        using var provider = services.BuildServiceProvider();
        return provider.GetRequiredService<IStrategy>();
    }

    public static DateTimeOffset Time(string text) =>
        DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time)
            ? time
            : throw new ArgumentException($"Expected a UTC time such as 2026-03-01T04:00, found '{text}'.");
}
