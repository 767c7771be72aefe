using TradingBot.Market;
using TradingBot.Simulation;

namespace TradingBot.FakeBinance;

/// <summary>How a fake Binance server is set.</summary>
/// <remarks>A value outside its range is refused with an <see cref="ArgumentOutOfRangeException"/> where it is set.</remarks>
public sealed class FakeBinanceOptions
{
    /// <summary>Gets the market's bars, without unfilled gaps; at least two.</summary>
    public required BarSeries Bars { get; init; }

    /// <summary>Gets how many bars are closed when the server starts; the rest is still to come.</summary>
    /// <value>The default is 500, or half of the bars where there are fewer than 1,000. At least 1, and below the number of bars.</value>
    public int? ClosedBars { get; init; }

    /// <summary>Gets how the exchange and its account are set; exactly the bars' symbol must be listed.</summary>
    /// <value>The default is a listing with a tick and a step that fit the price, typical margins, 0.01 per cent of funding every eight hours,
    /// and an account of 10,000 in cross mode at 20 times, as Binance opens one.</value>
    public SimulatedExchangeOptions? Exchange { get; init; }

    /// <summary>Gets the API key that signed requests must carry.</summary>
    /// <value>The default is "fake-key".</value>
    public string ApiKey { get; init; } = "fake-key";

    /// <summary>Gets the secret that signed requests must be signed with.</summary>
    /// <value>The default is "fake-secret".</value>
    public string ApiSecret { get; init; } = "fake-secret";

    /// <summary>Gets a value indicating whether the key has permission to withdraw; only <c>/sapi/v1/account/apiRestrictions</c> tells.</summary>
    public bool KeyMayWithdraw { get; init; }

    /// <summary>Gets what moves the server from bar to bar.</summary>
    /// <value>The default is <see cref="ClockMode.Manual"/>.</value>
    public ClockMode Clock { get; init; } = ClockMode.Manual;

    /// <summary>Gets the source of time and of timers.</summary>
    public TimeProvider TimeProvider { get; init; } = TimeProvider.System;

    /// <summary>Gets the port on the loopback address.</summary>
    /// <value>The default is 0: any free port. From 0 to 65,535.</value>
    public int Port { get; init => field = InRange(value, 0, ushort.MaxValue, nameof(Port)); }

    /// <summary>Gets the request weight allowed per minute of the server's time.</summary>
    /// <value>The default is 2,400.</value>
    public int RequestWeightPerMinute { get; init => field = InRange(value, 1, int.MaxValue, nameof(RequestWeightPerMinute)); } = 2_400;

    /// <summary>Gets the number of orders allowed per minute of the server's time.</summary>
    /// <value>The default is 1,200.</value>
    public int OrdersPerMinute { get; init => field = InRange(value, 1, int.MaxValue, nameof(OrdersPerMinute)); } = 1_200;

    /// <summary>Gets the number of orders allowed per ten seconds of the server's time.</summary>
    /// <value>The default is 300.</value>
    public int OrdersPerTenSeconds { get; init => field = InRange(value, 1, int.MaxValue, nameof(OrdersPerTenSeconds)); } = 300;

    /// <summary>Gets the number of requests for funding allowed per five minutes of the server's time; they have no weight.</summary>
    /// <value>The default is 500.</value>
    public int FundingRequestsPerFiveMinutes { get; init => field = InRange(value, 1, int.MaxValue, nameof(FundingRequestsPerFiveMinutes)); } = 500;

    /// <summary>Gets after how long a stream connection is broken, by the time provider.</summary>
    /// <value>The default is 24 hours. Above 0, at most 24 hours.</value>
    public TimeSpan LongestConnection { get; init => field = InRange(value, TimeSpan.FromHours(24), nameof(LongestConnection)); } = TimeSpan.FromHours(24);

    /// <summary>Gets how often the server pings a stream connection, by the machine's clock.</summary>
    /// <value>The default is 3 minutes. Above 0, at most 24 hours.</value>
    public TimeSpan PingInterval { get; init => field = InRange(value, TimeSpan.FromHours(24), nameof(PingInterval)); } = TimeSpan.FromMinutes(3);

    /// <summary>Gets how long the server waits for the answer to a ping before it breaks the connection, by the machine's clock.</summary>
    /// <value>The default is 10 minutes. Above 0, at most 24 hours.</value>
    public TimeSpan PongTimeout { get; init => field = InRange(value, TimeSpan.FromHours(24), nameof(PongTimeout)); } = TimeSpan.FromMinutes(10);

    /// <summary>Gets after how many answers 429 in a minute the address is banned, with 418, for two minutes.</summary>
    /// <value>The default is 20.</value>
    public int RefusalsBeforeBan { get; init => field = InRange(value, 1, int.MaxValue, nameof(RefusalsBeforeBan)); } = 20;

    /// <summary>Gets a value indicating whether the answers to sent, changed and canceled orders still have <c>avgPrice</c> and
    /// <c>cumQuote</c>, as before 2026-06-30.</summary>
    public bool HasOldOrderAnswers { get; init; }

    private static int InRange(int value, int least, int most, string name) => value >= least && value <= most
        ? value
        : throw new ArgumentOutOfRangeException(name, value, $"Expected {least} to {most}.");

    private static TimeSpan InRange(TimeSpan value, TimeSpan most, string name) => value > TimeSpan.Zero && value <= most
        ? value
        : throw new ArgumentOutOfRangeException(name, value, $"Expected above 0, at most {most}.");
}
