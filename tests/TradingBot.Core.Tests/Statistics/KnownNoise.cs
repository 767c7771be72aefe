namespace TradingBot.Core.Tests.Statistics;

/// <summary>Numbers that any language makes alike (a linear congruential generator), so that a figure can be computed elsewhere and compared.</summary>
internal static class KnownNoise
{
    /// <summary>Gets values from -0.5 to below 0.5.</summary>
    public static IEnumerable<double> From(long seed)
    {
        const long Modulus = 1L << 31;
        for (var x = seed; ;)
        {
            x = ((x * 1_103_515_245) + 12_345) % Modulus;
            yield return ((double)x / Modulus) - 0.5;
        }
    }

    /// <summary>Gets an autoregressive series: each value is <paramref name="memory"/> times the one before plus noise.</summary>
    public static double[] Autoregressive(double memory, int count)
    {
        var value = 0d;
        return [.. From(12_345).Take(count).Select(noise => value = (memory * value) + noise)];
    }

    /// <summary>Gets the normal numbers of NumPy's RandomState: the Mersenne Twister with 53 bits a number, and Marsaglia's polar method.</summary>
    public static double[] NumPyNormals(int seed, int count)
    {
        var twister = new MathNet.Numerics.Random.MersenneTwister(seed, threadSafe: false);
        var values = new List<double>(count + 1);
        while (values.Count < count)
        {
            var (x, y) = ((2 * Uniform()) - 1, (2 * Uniform()) - 1);
            var square = (x * x) + (y * y);
            if (square is > 0 and < 1)
            {
                var factor = Math.Sqrt(-2 * Math.Log(square) / square);
                values.AddRange([factor * y, factor * x]);
            }
        }

        return [.. values.Take(count)];

        double Uniform()
        {
            var high = Bits() >> 5;
            return ((high * 67_108_864d) + (Bits() >> 6)) / 9_007_199_254_740_992d;
        }

        // The generator's own numbers are its 32 bits over 2^32.
        uint Bits() => (uint)(twister.NextDouble() * 4_294_967_296d);
    }

    /// <summary>Gets returns of six trials over 103 bars, drawn one trial after the other; the fourth has an edge of 0.05.</summary>
    public static ReadOnlyMemory<double>[] Trials()
    {
        var noise = From(7).Take(6 * 103).ToArray();
        return [.. Enumerable.Range(0, 6).Select(trial =>
            (ReadOnlyMemory<double>)noise.Skip(trial * 103).Take(103).Select(value => trial == 3 ? value + 0.05 : value).ToArray())];
    }
}
