using TradingBot.Tests.Simulation.Mutants;
using TradingBot.Tests.Simulation.Troubles;
using TradingBot.Tests.Simulation.Worlds;
using TradingBot.Trading;

namespace TradingBot.Tests.Simulation;

/// <summary>Makes a world of which everything is drawn from one seed.</summary>
internal static class SeededWorld
{
    public const int DefaultCycles = 1_000;

    // Against these no client is safe on an exchange that would trade a client id again once its order is finished.
    private static readonly TroubleKind[] Doubling = [TroubleKind.Late, TroubleKind.Twice];

    private static readonly TroubleKind[] All = [.. Enum.GetValues<TroubleKind>().Where(kind => kind != TroubleKind.None)];

    private static readonly TroubleKind[] NotDoubling = [.. All.Except(Doubling)];

    public static World Create(ulong seed, int cycles, Mutant? mutant = null, bool isTraced = false)
    {
        var settings = Settings(seed, cycles);
        return new World(settings, new Weather(seed, settings.RemembersIds || settings.CanDouble ? All : NotDoubling), mutant, isTraced);
    }

    private static WorldSettings Settings(ulong seed, int cycles)
    {
        var dice = new Dice(Dice.Mix(seed, 5));
        var leverage = dice.Chance(300) ? dice.Between(5, 20) : 1;
        // One host on an exchange as exchanges are; an exchange that never trades an id twice; one host or two where orders can double.
        var (remembersIds, canDouble) = dice.Below(4) switch { 0 or 1 => (false, false), 2 => (true, false), _ => (false, true) };
        var stopLoss = dice.Chance(600) ? dice.Between(5, leverage > 1 ? 30 : 60) / 1_000m : (decimal?)null;
        // What compares with memory needs one memory.
        var sharesMemory = dice.Chance(700);
        return new WorldSettings
        {
            Seed = seed,
            Cycles = cycles,
            Hosts = (remembersIds || canDouble) && dice.Chance(600) ? 2 : 1,
            RemembersIds = remembersIds,
            CanDouble = canDouble,
            Roughness = dice.Between(2, 40),
            Jumps = dice.Chance(300) ? dice.Between(1, 20) : 0,
            Leverage = leverage,
            PositionFraction = dice.Chance(500) ? 0.1m : 0.3m,
            MaxNotional = dice.Chance(600) ? 1_000m : null,
            SharesMemory = sharesMemory,
            MaxDrawdown = sharesMemory && dice.Chance(150) ? 0.02m : null,
            StopLoss = stopLoss,
            ProtectEvery = stopLoss is not null && dice.Chance(500) ? dice.Between(10_000, 40_000) : 0,
            UnknownExposurePolicy = sharesMemory && dice.Chance(300) ? UnknownExposurePolicy.Halt : UnknownExposurePolicy.Adopt,
            MaxBalanceChange = sharesMemory && dice.Chance(300) ? 0 : null,
            PartialFillPolicy = (PartialFillPolicy)dice.Between(1, 3),
            BarsPerWish = dice.Between(1, 4),
            ClockSkew = dice.Chance(200) ? dice.Between(100, 90_000) : 0,
            KeepsJournal = dice.Chance(100),
        };
    }
}
