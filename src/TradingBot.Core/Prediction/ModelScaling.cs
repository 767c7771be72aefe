namespace TradingBot.Prediction;

/// <summary>How raw bars become the model's inputs, for models that do not scale inside their own graph.</summary>
public abstract record ModelScaling
{
    private ModelScaling()
    {
    }

    /// <summary>Gets the scaling of models that take raw bars, because they scale inside or not at all.</summary>
    public static ModelScaling None { get; } = new Raw();

    /// <summary>Raw bars go in.</summary>
    public sealed record Raw : ModelScaling;

    /// <summary>Each feature becomes (x - minimum) / (maximum - minimum), with limits fixed by the training data.</summary>
    /// <param name="Minimums">One lower limit per feature, in the feature's unit.</param>
    /// <param name="Maximums">One upper limit per feature, above the lower one.</param>
    public sealed record MinMax(IReadOnlyList<double> Minimums, IReadOnlyList<double> Maximums) : ModelScaling;

    /// <summary>Each feature becomes (x - minimum) / (maximum - minimum) with limits taken from the last bars up to the one being decided; 0 where these are all alike.</summary>
    /// <param name="Bars">How many bars the limits are taken from; at least the model's window.</param>
    public sealed record RollingMinMax(int Bars) : ModelScaling;

    /// <summary>Each feature becomes (x - mean) / deviation, with both fixed by the training data.</summary>
    /// <param name="Means">One mean per feature, in the feature's unit.</param>
    /// <param name="Deviations">One standard deviation per feature, above 0.</param>
    public sealed record ZScore(IReadOnlyList<double> Means, IReadOnlyList<double> Deviations) : ModelScaling;

    /// <summary>Each feature becomes ln(x / x one bar before); a window of n inputs reads n + 1 bars. Volumes of 0 give 0.</summary>
    public sealed record LogReturn : ModelScaling;
}
