namespace TradingBot.CryptoExchange;

/// <summary>The exchanges that an application offers, each by a name under which a configuration chooses it.</summary>
public sealed class ExchangeChoices
{
    private readonly Dictionary<string, Action<TradingBotBuilder>> _choices = new(StringComparer.OrdinalIgnoreCase);

    internal ExchangeChoices()
    {
    }

    /// <summary>Adds an exchange, in place of one that has the same name.</summary>
    /// <param name="exchangeId">The name, such as "bybit"; letter case does not matter.</param>
    /// <param name="use">Registers it, as with <c>bot => bot.UseExchange(services => ...)</c>. It runs only if it is chosen.</param>
    public ExchangeChoices Add(string exchangeId, Action<TradingBotBuilder> use)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(exchangeId);
        ArgumentNullException.ThrowIfNull(use);
        _choices[exchangeId] = use;
        return this;
    }

    internal Action<TradingBotBuilder> Find(string? exchangeId) =>
        !string.IsNullOrEmpty(exchangeId) && _choices.TryGetValue(exchangeId, out var use)
            ? use
            : throw new ArgumentException(
                $"Expected the name of an exchange, one of {string.Join(", ", _choices.Keys.Order(StringComparer.Ordinal))}; found {(string.IsNullOrEmpty(exchangeId) ? "none" : $"'{exchangeId}'")}.",
                nameof(exchangeId));
}
