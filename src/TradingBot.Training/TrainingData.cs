namespace TradingBot.Training;

/// <summary>Samples and targets in the scale that the network works in, oldest first.</summary>
public sealed class TrainingData
{
    private readonly float[] _samples;
    private readonly float[] _targets;

    /// <summary>Initializes the data.</summary>
    /// <param name="samples">The windows, [count, window, features] in row-major order, the oldest bar of a window first. The data takes the array over.</param>
    /// <param name="targets">The targets, [count, steps] in row-major order: element k of a row is what lies k + 1 bars after the window. The data takes the array over.</param>
    /// <param name="window">The number of bars of a window; 1 or more.</param>
    /// <param name="features">The number of values of a bar; 1 or more.</param>
    /// <param name="steps">The number of targets of a window; 1 or more.</param>
    /// <exception cref="ArgumentException">The lengths do not fit, there is no sample, or an element is not a finite number.</exception>
    public TrainingData(float[] samples, float[] targets, int window, int features, int steps)
    {
        ArgumentNullException.ThrowIfNull(samples);
        ArgumentNullException.ThrowIfNull(targets);
        ArgumentOutOfRangeException.ThrowIfLessThan(window, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(features, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(steps, 1);
        var count = targets.Length / steps;
        if (count == 0 || targets.Length != count * steps || samples.Length != count * window * features)
        {
            throw new ArgumentException(
                $"Expected one sample or more of {window} x {features} elements with {steps} target(s) each, found {samples.Length} elements and {targets.Length} target(s).");
        }

        CheckFinite(samples, nameof(samples));
        CheckFinite(targets, nameof(targets));
        (_samples, _targets, Count, Window, Features, Steps) = (samples, targets, count, window, features, steps);
    }

    /// <summary>Gets the number of samples.</summary>
    public int Count { get; }

    /// <summary>Gets the number of bars of a window.</summary>
    public int Window { get; }

    /// <summary>Gets the number of values of a bar.</summary>
    public int Features { get; }

    /// <summary>Gets the number of targets of a window.</summary>
    public int Steps { get; }

    /// <summary>Gets a window, [window, features] in row-major order.</summary>
    public ReadOnlySpan<float> Sample(int index) => _samples.AsSpan(index * Window * Features, Window * Features);

    /// <summary>Gets the targets of a window.</summary>
    public ReadOnlySpan<float> Target(int index) => _targets.AsSpan(index * Steps, Steps);

    private static void CheckFinite(float[] values, string name)
    {
        var bad = Array.FindIndex(values, value => !float.IsFinite(value));
        if (bad >= 0)
        {
            throw new ArgumentException($"Expected finite numbers, found {values[bad]} at {bad}.", name);
        }
    }
}
