namespace TradingBot.Training.Tests;

/// <summary>Training data that a network can learn.</summary>
internal static class SampleData
{
    /// <summary>Two sampled waves in [0, 1]: the first is to be continued, the second leads it.</summary>
    public static TrainingData Waves(int count, int window, int steps)
    {
        List<float> samples = [];
        List<float> targets = [];
        for (var i = 0; i < count; i++)
        {
            for (var time = i; time < i + window; time++)
            {
                samples.Add(Wave(time));
                samples.Add(Wave(time + 2));
            }

            for (var step = 0; step < steps; step++)
            {
                targets.Add(Wave(i + window + step));
            }
        }

        return new TrainingData([.. samples], [.. targets], window, 2, steps);

        static float Wave(int time) => (float)(0.5 + (0.3 * Math.Sin(0.4 * time)) + (0.15 * Math.Sin(1.1 * time)));
    }

    /// <summary>Pairs of one value and its target.</summary>
    public static TrainingData Pairs(params (float Sample, float Target)[] pairs) =>
        new([.. pairs.Select(pair => pair.Sample)], [.. pairs.Select(pair => pair.Target)], 1, 1, 1);
}
