using Microsoft.Extensions.Options;
using TradingBot.Trading;

namespace TradingBot.Binance;

/// <summary>Checks that the connection can do what the bot asks of it.</summary>
internal sealed class BinanceTradingValidator(IOptions<TradingBotOptions> bot) : IValidateOptions<BinanceOptions>
{
    public ValidateOptionsResult Validate(string? name, BinanceOptions options)
    {
        if (options.Credentials is not null)
        {
            return ValidateOptionsResult.Success;
        }

        try
        {
            return BinanceTradingBotBuilderExtensions.TradesAnAccount(bot.Value, options)
                ? ValidateOptionsResult.Fail("Orders need an API key; set ApiKey and ApiSecret, or Credentials.")
                : ValidateOptionsResult.Success;
        }
        catch (OptionsValidationException)
        {
            // The bot's own faults are reported by its own check.
            return ValidateOptionsResult.Success;
        }
    }
}
