using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging;
using TradingBot.Aws.Secrets;

namespace LambdaHost.Bots;

/// <summary>All bots of the function.</summary>
internal sealed class Fleet : IAsyncDisposable
{
    private readonly ModelShelf _models;
    private readonly SecretsExtension _extension = new();
    private readonly Dictionary<string, Bot> _bots = new(StringComparer.OrdinalIgnoreCase);

    private Fleet(ILoggerFactory logging) => _models = new ModelShelf(logging);

    /// <summary>Starts the bots that the environment describes; a function that only makes searches has none.</summary>
    public static async Task<Fleet> StartAsync(ILoggerFactory logging, CancellationToken cancellationToken)
    {
        var fleet = new Fleet(logging);
        try
        {
            var settings = BotSettings.ReadAll(new ConfigurationBuilder().AddEnvironmentVariables().Build());
            foreach (var bot in await Task.WhenAll(settings.Select(one => Bot.StartAsync(one, fleet._models, fleet._extension, logging, cancellationToken))))
            {
                fleet._bots.Add(bot.Name, bot);
            }

            return fleet;
        }
        catch
        {
            await fleet.DisposeAsync();
            throw;
        }
    }

    /// <summary>Finds bots by name; all of them for <see langword="null"/>.</summary>
    /// <exception cref="SettingsException">There is no such bot, or none at all.</exception>
    public IReadOnlyList<Bot> Find(IReadOnlyList<string>? names) => _bots.Count == 0
        ? throw new SettingsException("No bot is set; expected TradingBot__Symbol, TradingBot__Interval and so on in the environment.")
        : names is null
        ? [.. _bots.Values]
        : [.. names.Distinct(StringComparer.OrdinalIgnoreCase).Select(name => _bots.TryGetValue(name, out var bot)
            ? bot
            : throw new SettingsException($"There is no bot '{name}'; expected one of {string.Join(", ", _bots.Keys.Order(StringComparer.Ordinal))}."))];

    public async ValueTask DisposeAsync()
    {
        foreach (var bot in _bots.Values)
        {
            await bot.DisposeAsync();
        }

        _models.Dispose();
        _extension.Dispose();
    }
}
