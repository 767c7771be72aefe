using TradingBot.Tests.Simulation.Worlds;
using TradingBot.Trading;

namespace TradingBot.Tests.Simulation;

/// <summary>A few bars with one run of the bot in which something particular is to be done.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Run">The number of the run that matters, the first being 1.</param>
/// <param name="Wishes">What is wished before the first cycle, at each cycle, and after the last of them for ever.</param>
internal sealed record Scenario(string Name, int Run, params Wish[] Wishes)
{
    private const decimal Loss = 0.02m;

    private static readonly Scenario[] WithoutStop =
    [
        new("first-cycle", 1, Wish.Flat, Wish.Long),
        new("entry-long", 2, Wish.Flat, Wish.Flat, Wish.Long),
        new("entry-short", 2, Wish.Flat, Wish.Flat, Wish.Short),
        new("hold", 3, Wish.Flat, Wish.Flat, Wish.Long, Wish.Long),
        new("flip", 3, Wish.Flat, Wish.Flat, Wish.Long, Wish.Short),
        new("exit", 3, Wish.Flat, Wish.Flat, Wish.Short, Wish.Flat),
        new("limit-entry", 2, Wish.Flat, Wish.Flat, Wish.LongAtLimit),
        new("limit-entry-replaced", 3, Wish.Flat, Wish.Flat, Wish.ShortAtLimit, Wish.ShortAtLimit),
        new("limit-entry-withdrawn", 3, Wish.Flat, Wish.Flat, Wish.ShortAtLimit, Wish.Flat),
        new("flip-to-limit", 3, Wish.Flat, Wish.Flat, Wish.Long, Wish.ShortAtLimit),
    ];

    /// <summary>Gets all of them: each without and with a stop, and what only a stop brings about.</summary>
    public static IReadOnlyList<Scenario> All { get; } =
    [
        .. WithoutStop,
        .. WithoutStop.Select(scenario => scenario with { Name = scenario.Name + "+stop", StopLoss = Loss }),
        new("entry-completed", 2, Wish.Flat, Wish.Flat, Wish.Long) { StopLoss = Loss, PartialFills = PartialFillPolicy.Complete },
        new("entry-undone", 2, Wish.Flat, Wish.Flat, Wish.Long) { StopLoss = Loss, PartialFills = PartialFillPolicy.Reduce },
        new("stop-repair", 3, Wish.Flat, Wish.Flat, Wish.Long, Wish.Long) { StopLoss = Loss, IsStopLost = true },
        // Looks after the stop come at 25 and 50 seconds, the first cycle and its entry at 61, the next look at 75.
        new("stop-repair-between", 4, Wish.Flat, Wish.Long) { StopLoss = Loss, IsStopLost = true, ProtectEvery = 25_000 },
    ];

    public decimal? StopLoss { get; init; }

    public PartialFillPolicy PartialFills { get; init; } = PartialFillPolicy.Accept;

    public int ProtectEvery { get; init; }

    /// <summary>Gets a value indicating whether somebody cancels the stop just before the run that matters.</summary>
    public bool IsStopLost { get; init; }

    public static Scenario Named(string name) => All.Single(scenario => scenario.Name == name);

    /// <summary>Gets the settings of a world in which the scenario happens.</summary>
    /// <param name="path">The seed of its prices.</param>
    public WorldSettings SettingsOf(ulong path) => new()
    {
        Seed = path,
        Cycles = Wishes.Length + 6,
        Roughness = 6,
        MaxNotional = 1_000m,
        StopLoss = StopLoss,
        PartialFillPolicy = PartialFills,
        ProtectEvery = ProtectEvery,
        StopLostBeforeRun = IsStopLost ? Run : 0,
        UnknownExposurePolicy = UnknownExposurePolicy.Halt,
        MaxBalanceChange = 0,
        Wishes = Wishes,
    };

    public override string ToString() => Name;
}
