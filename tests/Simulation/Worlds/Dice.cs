namespace TradingBot.Tests.Simulation.Worlds;

/// <summary>The randomness of a world: SplitMix64, whose numbers depend on nothing but the seed, on every runtime.</summary>
internal sealed class Dice(ulong seed)
{
    private ulong _state = seed;

    /// <summary>Mixes two numbers into one that looks random.</summary>
    public static ulong Mix(ulong seed, ulong number) => unchecked(Scramble(seed + (0x9E3779B97F4A7C15UL * (number + 1))));

    /// <summary>Gets a number from 0 to <paramref name="limit"/>, exclusive.</summary>
    public int Below(int limit) => unchecked((int)(((Next() >> 32) * (ulong)limit) >> 32));

    /// <summary>Gets a number between two others, both inclusive.</summary>
    public int Between(int least, int most) => least + Below(most - least + 1);

    /// <summary>Tells whether something happens that happens so often in a thousand times.</summary>
    public bool Chance(int perMille) => Below(1_000) < perMille;

    private ulong Next() => unchecked(Scramble(_state += 0x9E3779B97F4A7C15UL));

    private static ulong Scramble(ulong value)
    {
        unchecked
        {
            value = (value ^ (value >> 30)) * 0xBF58476D1CE4E5B9UL;
            value = (value ^ (value >> 27)) * 0x94D049BB133111EBUL;
            return value ^ (value >> 31);
        }
    }
}
