namespace TradingBot.Training.Models;

/// <summary>ARIMA(p, d, q) on numbers: the values, differenced d times, follow w[t] = c + a[1] w[t-1] + ... + a[p] w[t-p] + e[t] + m[1] e[t-1] + ... + m[q] e[t-q].</summary>
/// <remarks>Fitted by conditional sum of squares (Box and Jenkins (1970), Time Series Analysis, chapter 7): the residuals before the first p differences are 0.
/// For prices as a predictor see <see cref="ArimaPredictor"/>.</remarks>
public sealed class ArimaModel
{
    private readonly ArmaRecursion _recursion;

    private ArimaModel(ArimaOrder order, ArmaRecursion recursion, double residualDeviation, int samples) =>
        (Order, _recursion, ResidualDeviation, Samples) = (order, recursion, residualDeviation, samples);

    /// <summary>Gets the order.</summary>
    public ArimaOrder Order { get; }

    /// <summary>Gets c, the part of the next difference that does not depend on the past; 0 where none was fitted.</summary>
    public double Constant => _recursion.Constant;

    /// <summary>Gets a[1] to a[p], the weight of the latest difference first.</summary>
    public IReadOnlyList<double> Autoregressive => _recursion.Autoregressive;

    /// <summary>Gets m[1] to m[q], the weight of the latest residual first.</summary>
    public IReadOnlyList<double> MovingAverage => _recursion.MovingAverage;

    /// <summary>Gets the standard deviation of the residuals, with the number of parameters taken off the degrees of freedom.</summary>
    public double ResidualDeviation { get; }

    /// <summary>Gets the number of residuals that the model was fitted to.</summary>
    public int Samples { get; }

    /// <summary>Gets the modulus of the largest root of the moving average, below 1: by this factor the effect of a residual shrinks from value to value in the long run.</summary>
    internal double MovingAverageRadius => _recursion.MovingAverageRadius;

    /// <summary>Fits a model to the training part, and to nothing else.</summary>
    /// <param name="values">The training part, oldest first.</param>
    /// <param name="order">The order.</param>
    /// <param name="constant">Whether to fit c; <see langword="null"/> to do so where nothing is differenced.</param>
    /// <exception cref="TrainingException">A value is not finite, or the values are too few or do not determine the parameters.</exception>
    public static ArimaModel Fit(ReadOnlySpan<double> values, ArimaOrder order, bool? constant = null)
    {
        for (var i = 0; i < values.Length; i++)
        {
            if (!double.IsFinite(values[i]))
            {
                throw new TrainingException($"An ARIMA is fitted to finite values; found {values[i]} at {i}.");
            }
        }

        var hasConstant = constant ?? order.D == 0;
        var parameters = order.P + order.Q + (hasConstant ? 1 : 0);
        var differences = values.Length > order.D ? Difference(values, order.D) : [];
        var needed = (2 * parameters) + order.P + 1;
        if (differences.Length < needed)
        {
            throw new TrainingException($"An ARIMA{order} needs {needed + order.D} values to be fitted, found {values.Length}.");
        }

        var recursion = new ArmaRecursion(ArmaEstimation.Fit(differences, order.P, order.Q, hasConstant), order.P, order.Q);
        var residuals = recursion.Residuals(differences)[order.P..];
        var squares = residuals.Sum(residual => residual * residual);
        return new ArimaModel(order, recursion, Math.Sqrt(squares / (residuals.Length - parameters)), residuals.Length);
    }

    /// <summary>Forecasts the values that follow.</summary>
    /// <param name="values">The values so far, oldest first; more than p + d.</param>
    /// <param name="steps">How many values ahead; 1 or more.</param>
    /// <returns>The forecasts, the next value first.</returns>
    /// <exception cref="ArgumentException">The values are too few.</exception>
    public double[] Forecast(ReadOnlySpan<double> values, int steps = 1)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(steps, 1);
        CheckLength(values.Length);
        var differences = Difference(values, Order.D);
        return Integrate(_recursion.Forecast(differences, _recursion.Residuals(differences), steps), values);
    }

    /// <summary>Forecasts along a series: at every value from one on, from that value and those before it, with the coefficients as they are.</summary>
    /// <param name="values">The values, oldest first.</param>
    /// <param name="first">The place of the first value to forecast from; p + d or more.</param>
    /// <param name="steps">How many values ahead; 1 or more.</param>
    /// <returns>For each value from <paramref name="first"/> on the forecasts made there, the next value first.</returns>
    /// <exception cref="ArgumentException">There are too few values before <paramref name="first"/>.</exception>
    public IReadOnlyList<double[]> RollingForecasts(ReadOnlySpan<double> values, int first, int steps = 1)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(steps, 1);
        ArgumentOutOfRangeException.ThrowIfNegative(first);
        CheckLength(first + 1);
        var differences = Difference(values, Order.D);
        // A residual depends on nothing after it, so those of the whole series serve every place.
        var residuals = _recursion.Residuals(differences);
        var forecasts = new List<double[]>(Math.Max(0, values.Length - first));
        for (var end = first + 1; end <= values.Length; end++)
        {
            var known = end - Order.D;
            forecasts.Add(Integrate(_recursion.Forecast(differences.AsSpan(0, known), residuals.AsSpan(0, known), steps), values[..end]));
        }

        return forecasts;
    }

    private static double[] Difference(ReadOnlySpan<double> values, int times)
    {
        var differences = values.ToArray();
        for (var round = 0; round < times; round++)
        {
            for (var i = differences.Length - 1; i > round; i--)
            {
                differences[i] -= differences[i - 1];
            }
        }

        return differences[times..];
    }

    private double[] Integrate(double[] forecasts, ReadOnlySpan<double> values)
    {
        for (var level = Order.D - 1; level >= 0; level--)
        {
            var last = Difference(values[^(level + 1)..], level)[^1];
            for (var i = 0; i < forecasts.Length; i++)
            {
                last += forecasts[i];
                forecasts[i] = last;
            }
        }

        return forecasts;
    }

    private void CheckLength(int length)
    {
        if (length <= Order.P + Order.D)
        {
            throw new ArgumentException($"An ARIMA{Order} forecasts from more than {Order.P + Order.D} values, found {length}.");
        }
    }
}
