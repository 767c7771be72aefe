using MathNet.Numerics.LinearAlgebra;

namespace TradingBot.Training.Models;

/// <summary>w[t] = c + a[1] w[t-1] + ... + a[p] w[t-p] + e[t] + m[1] e[t-1] + ... + m[q] e[t-q], with residuals of 0 before the first that can be computed.</summary>
internal sealed class ArmaRecursion
{
    /// <param name="parameters">c, if there is one, then a[1] to a[p], then m[1] to m[q].</param>
    /// <param name="p">The number of past values.</param>
    /// <param name="q">The number of past residuals.</param>
    public ArmaRecursion(ReadOnlySpan<double> parameters, int p, int q)
    {
        var constant = parameters.Length - p - q;
        Constant = constant == 1 ? parameters[0] : 0;
        (Autoregressive, MovingAverage) = (parameters.Slice(constant, p).ToArray(), parameters[(constant + p)..].ToArray());
    }

    public double Constant { get; }

    public double[] Autoregressive { get; }

    public double[] MovingAverage { get; }

    /// <summary>Gets the modulus of the largest root of the moving average; below 1 the effect of past residuals dies out.</summary>
    public double MovingAverageRadius => SpectralRadius(Array.ConvertAll(MovingAverage, weight => -weight));

    /// <summary>Gets the modulus of the largest root of the autoregression; below 1 the values have a mean to return to.</summary>
    public double AutoregressiveRadius => SpectralRadius(Autoregressive);

    /// <summary>Gets the largest modulus of the roots of x^n = weights[0] x^(n-1) + ... + weights[n-1].</summary>
    public static double SpectralRadius(double[] weights)
    {
        if (!Array.Exists(weights, weight => weight != 0))
        {
            return 0;
        }

        var companion = Matrix<double>.Build.Dense(weights.Length, weights.Length);
        companion.SetRow(0, weights);
        for (var i = 1; i < weights.Length; i++)
        {
            companion[i, i - 1] = 1;
        }

        return companion.Evd().EigenValues.Max(value => value.Magnitude);
    }

    /// <summary>Computes the residuals of values; the first p are 0.</summary>
    public double[] Residuals(ReadOnlySpan<double> values)
    {
        var residuals = new double[values.Length];
        for (var t = Autoregressive.Length; t < values.Length; t++)
        {
            residuals[t] = values[t] - Next(values[..t], residuals.AsSpan(0, t));
        }

        return residuals;
    }

    /// <summary>Computes the derivatives of the residuals from p on: one row per residual, one column per parameter.</summary>
    public Matrix<double> Derivatives(ReadOnlySpan<double> values, double[] residuals, bool hasConstant)
    {
        var (p, q, constant) = (Autoregressive.Length, MovingAverage.Length, hasConstant ? 1 : 0);
        var derivatives = Matrix<double>.Build.Dense(values.Length - p, constant + p + q);
        for (var t = p; t < values.Length; t++)
        {
            var row = t - p;
            for (var column = 0; column < derivatives.ColumnCount; column++)
            {
                var lag = column - constant + 1;
                var direct = lag <= 0 ? 1 : lag <= p ? values[t - lag] : t - (lag - p) >= 0 ? residuals[t - (lag - p)] : 0;
                var derivative = -direct;
                for (var j = 1; j <= Math.Min(q, row); j++)
                {
                    derivative -= MovingAverage[j - 1] * derivatives[row - j, column];
                }

                derivatives[row, column] = derivative;
            }
        }

        return derivatives;
    }

    /// <summary>Computes the values that are expected to follow; residuals to come are 0.</summary>
    public double[] Forecast(ReadOnlySpan<double> values, ReadOnlySpan<double> residuals, int steps)
    {
        var reach = Math.Min(values.Length, Math.Max(Autoregressive.Length, MovingAverage.Length));
        var extended = new double[reach + steps];
        var extendedResiduals = new double[reach + steps];
        values[^reach..].CopyTo(extended);
        residuals[^reach..].CopyTo(extendedResiduals);
        for (var t = reach; t < extended.Length; t++)
        {
            extended[t] = Next(extended.AsSpan(0, t), extendedResiduals.AsSpan(0, t));
        }

        return extended[reach..];
    }

    private double Next(ReadOnlySpan<double> values, ReadOnlySpan<double> residuals)
    {
        var next = Constant;
        for (var lag = 1; lag <= Autoregressive.Length; lag++)
        {
            next += Autoregressive[lag - 1] * values[^lag];
        }

        for (var lag = 1; lag <= Math.Min(MovingAverage.Length, residuals.Length); lag++)
        {
            next += MovingAverage[lag - 1] * residuals[^lag];
        }

        return next;
    }
}
