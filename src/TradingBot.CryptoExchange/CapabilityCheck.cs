using Microsoft.Extensions.Options;
using TradingBot.Trading;

namespace TradingBot.CryptoExchange;

/// <summary>Checks at start what would otherwise fail at the first bar or the first order.</summary>
/// <param name="client">Makes the client.</param>
/// <param name="bot">The bot's settings.</param>
/// <param name="tradesDemo">Tells whether a demo account is traded.</param>
internal sealed class CapabilityCheck(Func<SharedClient> client, IOptions<TradingBotOptions> bot, Func<SharedExchangeOptions, bool> tradesDemo) : IValidateOptions<SharedExchangeOptions>
{
    public ValidateOptionsResult Validate(string? name, SharedExchangeOptions options)
    {
        var faults = Attempts(nameof(options.ReadAttempts), options.ReadAttempts).Concat(Attempts(nameof(options.LookupAttempts), options.LookupAttempts)).ToList();
        try
        {
            var (shared, settings) = (client(), bot.Value);
            if (options.TradeDemoAccount && IsLive(shared))
            {
                faults.Add($"{nameof(options.TradeDemoAccount)} is set, but the client of {shared.Name} speaks to the live exchange.");
            }

            faults.AddRange(ExchangeCapabilities.Missing(shared, options, settings, settings.Mode == TradingMode.Live || tradesDemo(options)));
        }
        catch (OptionsValidationException)
        {
            // The faults of other settings are reported by their own checks.
        }

        return faults.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(faults);
    }

    private static bool IsLive(SharedClient shared) => shared.Client is not global::CryptoExchange.Net.Clients.RestApiClient { EnvironmentName: not global::CryptoExchange.Net.Objects.TradeEnvironmentNames.Live };

    private static IEnumerable<string> Attempts(string name, int value) => value is >= 1 and <= 10 ? [] : [$"{name} is {value}; expected from 1 to 10."];
}
