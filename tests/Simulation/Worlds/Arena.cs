using TradingBot.Market;
using TradingBot.Simulation;

namespace TradingBot.Tests.Simulation.Worlds;

/// <summary>What all worlds have in common: one market, its bars' length, and how their time counts.</summary>
/// <remarks>The time of a world is a number of milliseconds since <see cref="Epoch"/>. Bar <i>n</i> opens at <i>n</i> times <see cref="BarLength"/>.</remarks>
internal static class Arena
{
    public const long BarLength = 60_000;

    /// <summary>How old a signed request may be on arrival.</summary>
    public const long ReceiveWindow = 5_000;

    public static readonly DateTimeOffset Epoch = new(2025, 1, 1, 0, 0, 0, TimeSpan.Zero);

    public static readonly Symbol Symbol = Symbol.Parse("BTCUSDT");

    public static readonly SymbolInfo Info = new()
    {
        Symbol = Symbol,
        TickSize = 0.1m,
        StepSize = 0.001m,
        MinQuantity = 0.001m,
        MaxQuantity = 10_000,
        MinNotional = 5,
    };

    public static readonly MarketListing Listing = new(Info) { Funding = FundingSchedule.Fixed(0.0001m, TimeSpan.FromHours(1)) };

    public static DateTimeOffset At(long milliseconds) => Epoch.AddMilliseconds(milliseconds);

    /// <summary>Gets the number of the bar that opens at an instant.</summary>
    public static int BarAt(DateTimeOffset openTime) => (int)((openTime - Epoch).Ticks / TimeSpan.TicksPerMillisecond / BarLength);

    /// <summary>Gets the number of the latest bar that has closed.</summary>
    public static int LatestClosed(long time) => (int)(time / BarLength) - 1;
}
