using System.Runtime.InteropServices;
using MathNet.Numerics.Statistics;

namespace TradingBot.Training.Data;

/// <summary>A linear scale: (x - shift) / unit.</summary>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct ColumnScale(double Shift, double Unit)
{
    public static ColumnScale One { get; } = new(0, 1);

    /// <summary>Fits a scale to the values of the training part.</summary>
    /// <param name="name">The name of the values, for messages.</param>
    /// <param name="values">The values, finite.</param>
    /// <param name="scaling">The kind of scale; log returns come as such.</param>
    /// <exception cref="TrainingException">The values are fewer than two, or all alike.</exception>
    public static ColumnScale Fit(string name, double[] values, InputScaling scaling)
    {
        if (scaling == InputScaling.None)
        {
            return One;
        }

        if (values.Length < 2)
        {
            throw new TrainingException($"The training part has {values.Length} value(s) of {name}; expected two or more to find their scale.");
        }

        var (minimum, maximum) = (ArrayStatistics.Minimum(values), ArrayStatistics.Maximum(values));
        if (!(maximum > minimum))
        {
            throw new TrainingException($"{name} is {minimum} throughout the training part, so that it has no scale and says nothing; expected values that differ.");
        }

        return scaling == InputScaling.MinMax
            ? new ColumnScale(minimum, maximum - minimum)
            : new ColumnScale(ArrayStatistics.Mean(values), ArrayStatistics.StandardDeviation(values));
    }

    public double Apply(double value) => (value - Shift) / Unit;
}
