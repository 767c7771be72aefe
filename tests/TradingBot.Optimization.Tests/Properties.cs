using FsCheck;
using FsCheck.Fluent;

namespace TradingBot.Optimization.Tests;

/// <summary>Runs properties on seeded random sources; the seed is fixed, so that a failure comes back on every run.</summary>
internal static class Properties
{
    private const ulong Seed = 20_260_327;

    public static void ForAllRandoms(Action<Random> body, int runs = 60) =>
        Prop.ForAll(Arb.From(Gen.Choose(0, int.MaxValue - 1)), seed => body(new Random(seed))).Check(Config.QuickThrowOnFailure.WithMaxTest(runs).WithReplay(Seed, 1));
}
