using TradingBot.Tests.Simulation.Worlds;

namespace TradingBot.Tests.Simulation;

/// <summary>A few bars with one cycle in which something particular is to be done.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Cycle">The number of the cycle that matters, the first being 1.</param>
/// <param name="Wishes">What is wished before the first cycle, at each cycle, and after the last of them for ever.</param>
internal sealed record Scenario(string Name, int Cycle, params Wish[] Wishes)
{
    public static IReadOnlyList<Scenario> All { get; } =
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

    public static Scenario Named(string name) => All.Single(scenario => scenario.Name == name);

    /// <summary>Gets the settings of a world in which the scenario happens.</summary>
    /// <param name="path">The seed of its prices.</param>
    public WorldSettings SettingsOf(ulong path) => new()
    {
        Seed = path,
        Cycles = Cycle + 6,
        Roughness = 6,
        MaxNotional = 1_000m,
        Wishes = Wishes,
    };

    public override string ToString() => Name;
}
