using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;
using TradingBot.Trading;

namespace TradingBot.Binance;

/// <summary>Reads the settings of the connection from a configuration. Faults are reported with all others at start; a key is in none of them.</summary>
internal sealed class BinanceOptionsReader(IConfiguration section) : IConfigureOptions<BinanceOptions>
{
    private const string ApiKey = nameof(ApiKey);
    private const string ApiSecret = nameof(ApiSecret);

    public void Configure(BinanceOptions options)
    {
        var reading = new SettingsReading(section, options.ReadingFaults);
        reading.Choice<BinanceEnvironment>(nameof(options.Environment), value => options.Environment = value);
        reading.Address(nameof(options.RestAddress), value => options.RestAddress = value);
        reading.Address(nameof(options.StreamAddress), value => options.StreamAddress = value);
        reading.Switch(nameof(options.TradeDemoAccount), value => options.TradeDemoAccount = value);
        reading.Duration(nameof(options.ReceiveWindow), value => options.ReceiveWindow = value);
        reading.Duration(nameof(options.RequestTimeout), value => options.RequestTimeout = value);
        reading.Number(nameof(options.ReservedShare), value => options.ReservedShare = value);
        reading.Duration(nameof(options.MaxRateLimitWait), value => options.MaxRateLimitWait = value);
        reading.Integer(nameof(options.ReadAttempts), value => options.ReadAttempts = value);
        reading.Integer(nameof(options.LookupAttempts), value => options.LookupAttempts = value);
        reading.Duration(nameof(options.StreamSilence), value => options.StreamSilence = value);
        reading.Integer(nameof(options.JitterSeed), value => options.JitterSeed = value);
        ReadCredentials(reading, options);
        reading.ReportUnknown();
    }

    private static void ReadCredentials(SettingsReading reading, BinanceOptions options)
    {
        var (key, secret) = (reading.Secret(ApiKey), reading.Secret(ApiSecret));
        if (string.IsNullOrEmpty(key) && string.IsNullOrEmpty(secret))
        {
            return;
        }

        if (string.IsNullOrEmpty(key) || string.IsNullOrEmpty(secret))
        {
            options.ReadingFaults.Add($"{ApiKey} and {ApiSecret} belong together; found only the {(string.IsNullOrEmpty(key) ? "secret" : "key")}.");
            return;
        }

        try
        {
            options.Credentials = new BinanceCredentials(key, secret);
        }
        catch (ArgumentException)
        {
            options.ReadingFaults.Add($"{ApiKey} and {ApiSecret} must be printable ASCII characters without blanks.");
        }
    }
}
