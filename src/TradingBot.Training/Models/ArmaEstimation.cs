using MathNet.Numerics.LinearAlgebra;
using MathNet.Numerics.LinearAlgebra.Factorization;
using MathNet.Numerics.Optimization;

namespace TradingBot.Training.Models;

/// <summary>Finds the parameters of an ARMA by conditional least squares: the sum of the squared residuals, given that those before the first are 0, is made small.</summary>
/// <remarks>Starts from the regression of Hannan and Rissanen (1982), Recursive estimation of mixed autoregressive-moving average order, Biometrika 69:81-94, and
/// goes on by Levenberg-Marquardt with exact derivatives. Moving averages that cannot be inverted are left out of the search, as their residuals grow without bound.</remarks>
internal static class ArmaEstimation
{
    private const double SmallestSine = 1e-9;
    private const double StartingRadius = 0.9;
    private const double LargestRadius = 0.9999;
    private const int MaximumIterations = 300;

    /// <returns>The constant, if wanted, then the autoregression, then the moving average.</returns>
    /// <exception cref="TrainingException">The values do not determine the parameters.</exception>
    public static double[] Fit(double[] values, int p, int q, bool hasConstant)
    {
        var count = (hasConstant ? 1 : 0) + p + q;
        if (count == 0)
        {
            return [];
        }

        // The search is scaled to values of deviation 1, so that its tolerances mean the same for prices and for returns.
        var scale = Math.Sqrt(values.Sum(value => value * value) / values.Length);
        if (!(scale > 0))
        {
            throw new TrainingException($"The {values.Length} values, differenced, are all 0: they do not determine an ARMA({p},{q}).");
        }

        var scaled = Array.ConvertAll(values, value => value / scale);
        var start = Start(scaled, p, q, hasConstant);
        var best = q == 0 ? start : Search(scaled, start, p, q, hasConstant);
        if (hasConstant)
        {
            best[0] *= scale;
        }

        return best;
    }

    private static double[] Search(double[] values, double[] start, int p, int q, bool hasConstant)
    {
        var place = Vector<double>.Build.Dense(values.Length - p, i => i);
        var nothing = Vector<double>.Build.Dense(values.Length - p);
        var objective = ObjectiveFunction.NonlinearModel(Residuals, Derivatives, place, nothing);
        var found = new LevenbergMarquardtMinimizer(maximumIterations: MaximumIterations)
            .FindMinimum(objective, Vector<double>.Build.DenseOfArray(start)).MinimizingPoint.ToArray();
        return Array.TrueForAll(found, double.IsFinite) && SumOfSquares(found) <= SumOfSquares(start) ? found : start;

        double SumOfSquares(double[] parameters) => Residuals(Vector<double>.Build.DenseOfArray(parameters), place).Sum(residual => residual * residual);

        Vector<double> Residuals(Vector<double> parameters, Vector<double> places)
        {
            var recursion = new ArmaRecursion(parameters.ToArray(), p, q);
            return IsOutside(recursion)
                ? Vector<double>.Build.Dense(values.Length - p, 1e6)
                : Vector<double>.Build.DenseOfArray(recursion.Residuals(values)[p..]);
        }

        Matrix<double> Derivatives(Vector<double> parameters, Vector<double> places)
        {
            var recursion = new ArmaRecursion(parameters.ToArray(), p, q);
            return IsOutside(recursion)
                ? Matrix<double>.Build.Dense(values.Length - p, parameters.Count)
                : recursion.Derivatives(values, recursion.Residuals(values), hasConstant);
        }
    }

    private static bool IsOutside(ArmaRecursion recursion) =>
        !(recursion.MovingAverageRadius <= LargestRadius) || !(recursion.AutoregressiveRadius <= LargestRadius);

    private static double[] Start(double[] values, int p, int q, bool hasConstant)
    {
        if (q == 0)
        {
            return Regress(values, [], p, 0, 0, hasConstant);
        }

        // Residuals of a long autoregression stand in for the true ones.
        var order = Math.Max(p + q, (int)Math.Ceiling(10 * Math.Log10(values.Length)));
        var weights = Regress(values, [], order, 0, 0, hasConstant);
        var residuals = new ArmaRecursion(weights, order, 0).Residuals(values);
        var start = Regress(values, residuals, p, q, order, hasConstant);
        var constant = hasConstant ? 1 : 0;
        var recursion = new ArmaRecursion(start, p, q);
        Shrink(start.AsSpan(constant, p), recursion.AutoregressiveRadius);
        Shrink(start.AsSpan(constant + p), recursion.MovingAverageRadius);
        return start;
    }

    // Multiplying the weight of lag k by r^k multiplies every root by r.
    private static void Shrink(Span<double> weights, double radius)
    {
        for (var (i, factor) = (0, StartingRadius / radius); radius > StartingRadius && i < weights.Length; i++)
        {
            weights[i] *= Math.Pow(factor, i + 1);
        }
    }

    private static double[] Regress(double[] values, double[] residuals, int p, int q, int residualsFrom, bool hasConstant)
    {
        var (first, constant) = (Math.Max(p, residualsFrom + q), hasConstant ? 1 : 0);
        var rows = values.Length - first;
        var columns = constant + p + q;
        if (rows <= columns)
        {
            throw new TrainingException($"{values.Length} values, differenced, are too few to determine {columns} parameters: expected more than {first + columns}.");
        }

        var regressors = Matrix<double>.Build.Dense(
            rows,
            columns,
            (row, column) => (column - constant + 1) switch
            {
                <= 0 => 1,
                var lag when lag <= p => values[first + row - lag],
                var lag => residuals[first + row - (lag - p)],
            });
        var decomposition = regressors.QR(QRMethod.Thin);
        for (var column = 0; column < columns; column++)
        {
            if (!(Math.Abs(decomposition.R[column, column]) > SmallestSine * regressors.Column(column).L2Norm()))
            {
                throw new TrainingException($"The {values.Length} values, differenced, do not determine {columns} parameters: the one at place {column + 1} follows from those before it.");
            }
        }

        return decomposition.Solve(Vector<double>.Build.DenseOfArray(values[first..])).ToArray();
    }
}
