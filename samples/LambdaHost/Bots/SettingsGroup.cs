using Microsoft.Extensions.Configuration;

namespace LambdaHost.Bots;

/// <summary>A group of settings that are plain texts, all of them known by name.</summary>
internal sealed class SettingsGroup
{
    private readonly IConfigurationSection _section;

    public SettingsGroup(IConfiguration bot, string name, params ReadOnlySpan<string> known)
    {
        _section = bot.GetSection(name);
        foreach (var child in _section.GetChildren())
        {
            if (!Contains(known, child.Key))
            {
                throw new SettingsException($"'{Name(child.Key)}' is not a setting; expected one of {string.Join(", ", known!)}.");
            }
        }
    }

    public bool IsEmpty => !_section.GetChildren().Any();

    public string? this[string key] => _section[key] is { Length: > 0 } text ? text : null;

    public string Require(string key) => this[key] ?? throw new SettingsException($"'{Name(key)}' is missing.");

    private string Name(string key) => $"{_section.Path}__{key}";

    private static bool Contains(ReadOnlySpan<string> known, string key)
    {
        foreach (var name in known)
        {
            if (name.Equals(key, StringComparison.OrdinalIgnoreCase))
            {
                return true;
            }
        }

        return false;
    }
}
