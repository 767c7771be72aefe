using FsCheck;
using FsCheck.Fluent;

namespace TradingBot.Core.Tests;

/// <summary>Runs properties on generated values; the seed is fixed, so that a failure comes back on every run.</summary>
internal static class Properties
{
    private const ulong Seed = 20_260_327;

    public static void ForAll<T>(Gen<T> values, Action<T> body, int runs = 300) =>
        Prop.ForAll(Arb.From(values), body).Check(Config.QuickThrowOnFailure.WithMaxTest(runs).WithReplay(Seed, 1));

    /// <summary>Gets a generator of seeded random sources, for values that are easier to draw than to compose.</summary>
    public static Gen<Random> Randoms { get; } = Gen.Choose(0, int.MaxValue - 1).Select(seed => new Random(seed));
}
