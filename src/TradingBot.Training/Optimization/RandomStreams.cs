using MathNet.Numerics.Random;

namespace TradingBot.Training.Optimization;

/// <summary>Independent streams of random numbers from one seed, by an algorithm that does not change with the runtime.</summary>
internal static class RandomStreams
{
    public enum Purpose
    {
        Initialization = 1,
        Order = 2,
        Dropout = 3,
    }

    public static Random Create(int seed, int round, Purpose purpose)
    {
        unchecked
        {
            // SplitMix64's finalizer (Steele, Lea and Flood 2014) sets apart seeds that differ in one bit.
            var state = ((ulong)(uint)seed << 32) ^ ((ulong)(uint)round << 4) ^ (ulong)purpose;
            state += 0x9E3779B97F4A7C15;
            state = (state ^ (state >> 30)) * 0xBF58476D1CE4E5B9;
            state = (state ^ (state >> 27)) * 0x94D049BB133111EB;
            return new Xoshiro256StarStar((int)(state ^ (state >> 31)), threadSafe: false);
        }
    }
}
