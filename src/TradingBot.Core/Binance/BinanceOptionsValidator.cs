using Microsoft.Extensions.Options;

namespace TradingBot.Binance;

/// <summary>Finds the faults of <see cref="BinanceOptions"/>, all of them together.</summary>
internal sealed class BinanceOptionsValidator : IValidateOptions<BinanceOptions>
{
    public ValidateOptionsResult Validate(string? name, BinanceOptions options)
    {
        var faults = FaultsOf(options).ToArray();
        return faults.Length == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(faults);
    }

    internal static void ThrowIfInvalid(BinanceOptions options)
    {
        var faults = FaultsOf(options).ToArray();
        if (faults.Length > 0)
        {
            throw new OptionsValidationException(nameof(BinanceOptions), typeof(BinanceOptions), faults);
        }
    }

    private static IEnumerable<string> FaultsOf(BinanceOptions options)
    {
        foreach (var fault in options.ReadingFaults)
        {
            yield return fault;
        }

        if (!Enum.IsDefined(options.Environment))
        {
            yield return $"{nameof(options.Environment)} is {options.Environment}; expected Live, Testnet or Custom.";
        }

        foreach (var fault in AddressFaults(options))
        {
            yield return fault;
        }

        if (options.TradeDemoAccount && !IsDemo(options))
        {
            yield return $"{nameof(options.TradeDemoAccount)} is set, but {nameof(options.Environment)} is {options.Environment}; expected {nameof(BinanceEnvironment.Testnet)}, or {nameof(BinanceEnvironment.Custom)} on this machine.";
        }

        var ranges = new[]
        {
            Range(nameof(options.ReceiveWindow), options.ReceiveWindow, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(60)),
            Range(nameof(options.RequestTimeout), options.RequestTimeout, TimeSpan.FromSeconds(1), TimeSpan.FromMinutes(5)),
            Range(nameof(options.MaxRateLimitWait), options.MaxRateLimitWait, TimeSpan.Zero, TimeSpan.FromHours(1)),
            Range(nameof(options.StreamSilence), options.StreamSilence, TimeSpan.FromSeconds(1), TimeSpan.FromHours(1)),
            Range(nameof(options.ReservedShare), options.ReservedShare, 0, 0.9),
            Range(nameof(options.ReadAttempts), options.ReadAttempts, 1, 10),
            Range(nameof(options.LookupAttempts), options.LookupAttempts, 1, 10),
        };
        foreach (var fault in ranges)
        {
            if (fault is not null)
            {
                yield return fault;
            }
        }
    }

    private static IEnumerable<string> AddressFaults(BinanceOptions options)
    {
        var custom = options.Environment == BinanceEnvironment.Custom;
        if (custom && options.RestAddress is null)
        {
            yield return $"{nameof(options.RestAddress)} is missing; {nameof(BinanceEnvironment.Custom)} needs one, such as https://host.";
        }

        // An address that is set but not used would be a bot on another market than its owner thinks.
        if (!custom && (options.RestAddress ?? options.StreamAddress) is { } unused)
        {
            yield return $"An address ({unused.Host}) is set, but {nameof(options.Environment)} is {options.Environment}; expected {nameof(BinanceEnvironment.Custom)}.";
        }

        if (options.RestAddress is { } rest && !IsAllowed(rest, "https", "http"))
        {
            yield return $"{nameof(options.RestAddress)} is not allowed; expected https://host[:port], or http on this machine (loopback) only.";
        }

        if (options.StreamAddress is { } stream && !IsAllowed(stream, "wss", "ws"))
        {
            yield return $"{nameof(options.StreamAddress)} is not allowed; expected wss://host[:port], or ws on this machine (loopback) only.";
        }
    }

    private static bool IsDemo(BinanceOptions options) => options.Environment == BinanceEnvironment.Testnet
        || (options.Environment == BinanceEnvironment.Custom && options.RestAddress is { IsAbsoluteUri: true, IsLoopback: true });

    private static bool IsAllowed(Uri address, string secure, string plain) =>
        address.IsAbsoluteUri
        && (address.Scheme == secure || (address.Scheme == plain && address.IsLoopback))
        && address.PathAndQuery is "/" or ""
        && address.UserInfo.Length == 0;

    private static string? Range<T>(string name, T value, T minimum, T maximum)
        where T : IComparable<T> =>
        value.CompareTo(minimum) >= 0 && value.CompareTo(maximum) <= 0 ? null : $"{name} is {value}; expected from {minimum} to {maximum}.";
}
