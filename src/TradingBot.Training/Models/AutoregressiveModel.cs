using System.Globalization;
using MathNet.Numerics.LinearAlgebra;
using MathNet.Numerics.LinearAlgebra.Factorization;
using TradingBot.Market;
using TradingBot.Prediction;
using TradingBot.Training.Onnx;

namespace TradingBot.Training.Models;

/// <summary>The autoregression of order p on log returns, AR(p): r[t+1] = c + a[1] r[t] + ... + a[p] r[t+1-p], with r[t] = ln(close[t] / close[t-1]).</summary>
/// <remarks>Fitted by ordinary least squares. The forecast close is close[t] exp(r[t+1]), which is the median of the next close when residuals are symmetric.
/// It is the linear model that a network has to beat.</remarks>
public sealed class AutoregressiveModel
{
    // The sine of the angle between a regressor and those before it; below this they are one and the same up to rounding.
    private const double SmallestSine = 1e-10;

    private readonly double[] _coefficients;

    private AutoregressiveModel(double intercept, double[] coefficients, double residualDeviation, int samples, ModelCard card) =>
        (Intercept, _coefficients, ResidualDeviation, Samples, Card) = (intercept, coefficients, residualDeviation, samples, card);

    /// <summary>Gets c, the part of the next log return that does not depend on the past ones.</summary>
    public double Intercept { get; }

    /// <summary>Gets a[1] to a[p], the weight of the latest log return first.</summary>
    public IReadOnlyList<double> Coefficients => _coefficients;

    /// <summary>Gets the standard deviation of the log returns around their forecast in the training part, with p + 1 degrees of freedom taken off.</summary>
    public double ResidualDeviation { get; }

    /// <summary>Gets the number of returns that the model was fitted to.</summary>
    public int Samples { get; }

    /// <summary>Gets the description that the model's file carries.</summary>
    public ModelCard Card { get; }

    /// <summary>Fits the model to the training part, and to nothing else.</summary>
    /// <param name="trainingBars">The training part, oldest first: the caller's chronological cut. Windows that span missing bars are left out.</param>
    /// <param name="order">How many past returns the model reads, p; 1 or more.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="order"/> is below 1.</exception>
    /// <exception cref="TrainingException">The bars are too few, or their returns do not determine the coefficients, as when the price never moved.</exception>
    public static AutoregressiveModel Fit(BarSeries trainingBars, int order)
    {
        ArgumentNullException.ThrowIfNull(trainingBars);
        ArgumentOutOfRangeException.ThrowIfLessThan(order, 1);
        var starts = WholeWindows(trainingBars, order + 2);
        if (starts.Count < order + 2)
        {
            throw new TrainingException(
                $"An autoregression of order {order} needs {order + 2} windows of {order + 2} bars in a row to be fitted; {trainingBars} has {starts.Count}.");
        }

        var (regressors, targets) = Regression(trainingBars.Closes, starts, order);
        var decomposition = regressors.QR(QRMethod.Thin);
        for (var column = 0; column <= order; column++)
        {
            var norm = regressors.Column(column).L2Norm();
            if (Math.Abs(decomposition.R[column, column]) <= SmallestSine * norm)
            {
                throw new TrainingException(
                    $"The returns of {trainingBars} do not determine an autoregression of order {order}: the return {column} bar(s) back {(norm == 0 ? "is always 0" : "follows from the later ones")}.");
            }
        }

        var solution = decomposition.Solve(targets);
        var residuals = targets - (regressors * solution);
        return new AutoregressiveModel(
            solution[0],
            [.. solution.Skip(1)],
            Math.Sqrt(residuals.DotProduct(residuals) / (starts.Count - order - 1)),
            starts.Count,
            new ModelCard
            {
                Name = string.Create(CultureInfo.InvariantCulture, $"ar-{order}"),
                Features = [BarFeature.Close],
                Window = order + 1,
                Horizon = 1,
                Interval = trainingBars.Interval,
                Symbol = trainingBars.Symbol,
                TrainedFrom = trainingBars.OpenTimeAt(0),
                TrainedTo = trainingBars.CloseTimeAt(trainingBars.Count - 1),
            });
    }

    /// <summary>Forecasts the next close.</summary>
    /// <param name="closes">The last p + 1 closes, oldest first, each above 0.</param>
    /// <returns>The forecast, in the unit of the closes.</returns>
    /// <exception cref="ArgumentException">There are not p + 1 closes.</exception>
    public double Forecast(ReadOnlySpan<double> closes)
    {
        if (closes.Length != Card.Window)
        {
            throw new ArgumentException($"Expected {Card.Window} closes, found {closes.Length}.", nameof(closes));
        }

        var logReturn = Intercept;
        for (var lag = 1; lag < closes.Length; lag++)
        {
            logReturn += _coefficients[lag - 1] * Math.Log(closes[^lag] / closes[^(lag + 1)]);
        }

        return closes[^1] * Math.Exp(logReturn);
    }

    /// <summary>Writes the model as the bytes of an ONNX file that takes raw closes, "bars" [batch, p + 1, 1], and puts out prices, "price" [batch, 1].</summary>
    /// <returns>The same bytes for the same model.</returns>
    public byte[] ToOnnx()
    {
        var graph = new GraphBuilder(Card.Name);
        var closes = graph.Squeeze(graph.Input("bars", GraphBuilder.AnySize, Card.Window, 1), 2);
        var order = _coefficients.Length;
        var last = graph.Slice(closes, 1, order, 1);

        // A ratio of neighbours keeps the digits that a difference of their logarithms would lose in 32 bits.
        var returns = graph.Log(graph.Div(graph.Slice(closes, 1, 1, order), graph.Slice(closes, 1, 0, order)));
        var oldestFirst = Array.ConvertAll(_coefficients, weight => (float)weight);
        Array.Reverse(oldestFirst);
        var weights = graph.Initializer("coefficients", [order, 1], oldestFirst);
        var logReturn = graph.Add(graph.MatMul(returns, weights), graph.Constant(Intercept));
        graph.Output("price", graph.Mul(last, graph.Exp(logReturn)));
        return OnnxModelWriter.ToBytes(graph.Build(), ModelCardMetadata.ToMetadata(Card));
    }

    /// <summary>Writes the model's file, whole or not at all; an existing file is replaced.</summary>
    /// <param name="path">The file's path, in a directory that exists.</param>
    /// <param name="cancellationToken">Stops the writing; the old file, if any, stays.</param>
    /// <exception cref="IOException">The file could not be written.</exception>
    public Task SaveAsync(string path, CancellationToken cancellationToken = default) => ModelFileWriter.WriteAsync(path, ToOnnx(), cancellationToken);

    private static List<int> WholeWindows(BarSeries bars, int length)
    {
        var span = (long)((length - 1) * bars.Interval.Length).TotalMilliseconds;
        List<int> starts = [];
        for (var start = 0; start <= bars.Count - length; start++)
        {
            if (bars.OpenTimes[start + length - 1] - bars.OpenTimes[start] == span)
            {
                starts.Add(start);
            }
        }

        return starts;
    }

    private static (Matrix<double> Regressors, Vector<double> Targets) Regression(ReadOnlySpan<double> closes, List<int> starts, int order)
    {
        var regressors = Matrix<double>.Build.Dense(starts.Count, order + 1, 1);
        var targets = Vector<double>.Build.Dense(starts.Count);
        for (var row = 0; row < starts.Count; row++)
        {
            var window = closes.Slice(starts[row], order + 2);
            targets[row] = Math.Log(window[^1] / window[^2]);
            for (var lag = 1; lag <= order; lag++)
            {
                regressors[row, lag] = Math.Log(window[^(lag + 1)] / window[^(lag + 2)]);
            }
        }

        return (regressors, targets);
    }
}
