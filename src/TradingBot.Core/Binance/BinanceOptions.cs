namespace TradingBot.Binance;

/// <summary>The settings of the connection to Binance USD-M futures.</summary>
public sealed class BinanceOptions
{
    /// <summary>Gets or sets which system is spoken to.</summary>
    /// <value>The default is <see cref="BinanceEnvironment.Live"/>, whose market data need no key. Orders need <see cref="Credentials"/>.</value>
    public BinanceEnvironment Environment { get; set; } = BinanceEnvironment.Live;

    /// <summary>Gets or sets the address of the REST service, scheme and authority only.</summary>
    /// <value>The default is <see langword="null"/>. Required for, and only allowed with, <see cref="BinanceEnvironment.Custom"/>; https, or http on this machine.</value>
    public Uri? RestAddress { get; set; }

    /// <summary>Gets or sets the address of the streams, scheme and authority only.</summary>
    /// <value>The default is <see langword="null"/>. Required for streams of, and only allowed with, <see cref="BinanceEnvironment.Custom"/>; wss, or ws on this machine.</value>
    public Uri? StreamAddress { get; set; }

    /// <summary>Gets or sets the key for account and orders.</summary>
    /// <value>The default is <see langword="null"/>: only market data can be read.</value>
    public BinanceCredentials? Credentials { get; set; }

    /// <summary>Gets or sets a value indicating whether orders go to the account of a demo system although the bot's mode is <see cref="Trading.TradingMode.Paper"/>.</summary>
    /// <value>The default is <see langword="false"/>. Only with <see cref="BinanceEnvironment.Testnet"/>, or with <see cref="BinanceEnvironment.Custom"/> on this machine.</value>
    public bool TradeDemoAccount { get; set; }

    /// <summary>Gets or sets how old a signed request may be when it arrives.</summary>
    /// <value>The default is 5 seconds. From 1 to 60 seconds.</value>
    public TimeSpan ReceiveWindow { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>Gets or sets how long one request may take, and how long an order may wait for room in the limits.</summary>
    /// <value>The default is 10 seconds. From 1 second to 5 minutes.</value>
    public TimeSpan RequestTimeout { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>Gets or sets the share of the request limit that only orders, cancels and their look-ups may use.</summary>
    /// <value>The default is 0.1. From 0 to 0.9.</value>
    public double ReservedShare { get; set; } = 0.1;

    /// <summary>Gets or sets how long a reading may wait for room in the limits before it fails.</summary>
    /// <value>The default is 90 seconds. From 0 to 1 hour.</value>
    public TimeSpan MaxRateLimitWait { get; set; } = TimeSpan.FromSeconds(90);

    /// <summary>Gets or sets how often a reading is tried in all. Orders are never repeated.</summary>
    /// <value>The default is 4. From 1 to 10.</value>
    public int ReadAttempts { get; set; } = 4;

    /// <summary>Gets or sets how often an order whose answer was lost is looked up before its outcome is called unknown;
    /// the waits between double from a quarter of a second.</summary>
    /// <value>The default is 5, over about 4 seconds. From 1 to 10.</value>
    public int LookupAttempts { get; set; } = 5;

    /// <summary>Gets or sets how long a market stream may be silent before it is checked against the REST service.</summary>
    /// <value>The default is 60 seconds. From 1 second to 1 hour.</value>
    public TimeSpan StreamSilence { get; set; } = TimeSpan.FromSeconds(60);

    /// <summary>Gets or sets the seed of the random part of waits between attempts.</summary>
    /// <value>The default is <see langword="null"/>: taken from the clock at start, so that many bots do not repeat in step.</value>
    public int? JitterSeed { get; set; }

    /// <summary>Gets the faults found while the settings were read from a configuration; they are reported with all others.</summary>
    internal List<string> ReadingFaults { get; } = [];

    internal Uri EffectiveRestAddress => Environment switch
    {
        BinanceEnvironment.Live => new Uri("https://fapi.binance.com"),
        BinanceEnvironment.Testnet => new Uri("https://demo-fapi.binance.com"),
        _ => RestAddress!,
    };

    /// <summary>Gets where the exchange tells what a key may do: at its spot market. The demo system does not tell.</summary>
    internal Uri? KeyPermissionsAddress => Environment switch
    {
        BinanceEnvironment.Live => new Uri("https://api.binance.com"),
        BinanceEnvironment.Testnet => null,
        _ => RestAddress,
    };

    internal Uri? EffectiveStreamAddress => Environment switch
    {
        BinanceEnvironment.Live => new Uri("wss://fstream.binance.com"),
        BinanceEnvironment.Testnet => new Uri("wss://demo-fstream.binance.com"),
        _ => StreamAddress,
    };
}
