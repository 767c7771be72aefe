using System.Text.Json;
using Microsoft.Extensions.Configuration;
using TradingBot.Aws.Secrets;

namespace LambdaHost.Bots;

/// <summary>Where a bot's keys come from, if not from its own settings: a secret or a secure parameter that holds <c>{"ApiKey":"...","ApiSecret":"..."}</c>.</summary>
internal sealed class KeySource
{
    private readonly string? _secretId;
    private readonly string? _parameterName;

    public KeySource(IConfiguration bot)
    {
        var keys = new SettingsGroup(bot, "Keys", "SecretId", "ParameterName");
        (_secretId, _parameterName) = (keys["SecretId"], keys["ParameterName"]);
        if (_secretId is not null && _parameterName is not null)
        {
            throw new SettingsException("Expected Keys__SecretId or Keys__ParameterName, found both.");
        }
    }

    public bool IsElsewhere => _secretId is not null || _parameterName is not null;

    /// <summary>Reads the keys, as settings of the bot.</summary>
    public async Task<IReadOnlyList<KeyValuePair<string, string?>>> ReadAsync(SecretsExtension extension, CancellationToken cancellationToken)
    {
        var text = _secretId is not null
            ? await extension.GetSecretAsync(_secretId, cancellationToken)
            : await extension.GetParameterAsync(_parameterName!, cancellationToken);
        return [.. Parse(text).Select(pair => KeyValuePair.Create<string, string?>($"Binance:{pair.Key}", pair.Value))];
    }

    // No message may repeat any of it.
    private Dictionary<string, string> Parse(string text)
    {
        try
        {
            using var document = JsonDocument.Parse(text);
            var values = document.RootElement.EnumerateObject().ToDictionary(property => property.Name, property => property.Value.GetString()!, StringComparer.Ordinal);
            if (values.Count == 2 && values.ContainsKey("ApiKey") && values.ContainsKey("ApiSecret"))
            {
                return values;
            }
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or ArgumentException)
        {
            // Said below.
        }

        throw new SettingsException($"Expected {{\"ApiKey\":\"...\",\"ApiSecret\":\"...\"}} in '{_secretId ?? _parameterName}', found something else.");
    }
}
