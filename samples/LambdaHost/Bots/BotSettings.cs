using Microsoft.Extensions.Configuration;

namespace LambdaHost.Bots;

/// <summary>The settings of one bot, from the environment: <c>TradingBot__Symbol</c> and so on; for several bots also
/// <c>TradingBot__Bots__NAME__Symbol</c> and so on, which stand above those that all share.</summary>
/// <param name="Name">The bot's name.</param>
/// <param name="Section">Its settings, with those that all share.</param>
internal sealed record BotSettings(string Name, IConfiguration Section)
{
    private const string Root = "TradingBot";
    private const string List = "Bots";
    private const string BotId = "BotId";
    private const string Alone = "bot";

    // What lies in sections of its own; a plain name that is unknown is refused where the options are read.
    private static readonly string[] Sections = [List, "Binance", "Journal", "Keys", "Memory", "Model", "Threshold"];

    /// <summary>Reads the bots; one, called "bot", when none are listed, and none when nothing at all is set.</summary>
    /// <exception cref="SettingsException">A section's name is not known.</exception>
    public static IReadOnlyList<BotSettings> ReadAll(IConfiguration configuration)
    {
        var root = configuration.GetSection(Root);
        if (!root.Exists())
        {
            return [];
        }

        RequireKnown(root);
        var shared = Values(root).Where(pair => !pair.Key.StartsWith(List + ":", StringComparison.OrdinalIgnoreCase)).ToArray();
        var bots = root.GetSection(List).GetChildren().ToArray();
        return bots.Length == 0
            ? [new BotSettings(Alone, Build(shared, []))]
            : [.. bots.Select(bot =>
            {
                RequireKnown(bot);

                // Two bots of one name would take one another's orders for their own.
                return new BotSettings(bot.Key, Build([.. shared, new(BotId, bot.Key)], Values(bot)));
            })];
    }

    private static IConfiguration Build(IEnumerable<KeyValuePair<string, string?>> shared, IEnumerable<KeyValuePair<string, string?>> own) =>
        new ConfigurationBuilder().AddInMemoryCollection(shared).AddInMemoryCollection(own).Build();

    private static IEnumerable<KeyValuePair<string, string?>> Values(IConfigurationSection section) =>
        section.AsEnumerable(makePathsRelative: true).Where(pair => pair.Value is not null && pair.Key.Length > 0);

    private static void RequireKnown(IConfigurationSection section)
    {
        if (section.GetChildren().FirstOrDefault(child => child.Value is null && !Sections.Contains(child.Key, StringComparer.OrdinalIgnoreCase)) is { } unknown)
        {
            throw new SettingsException($"'{unknown.Path.Replace(":", "__", StringComparison.Ordinal)}' is not a group of settings; expected one of {string.Join(", ", Sections)}.");
        }
    }
}
