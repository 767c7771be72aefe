using System.Globalization;
using TradingBot.Market;
using TradingBot.Prediction;
using TradingBot.Training.Onnx;

namespace TradingBot.Training.Models;

/// <summary>An ARIMA of the logarithms of the closes as a predictor, and as an ONNX file.</summary>
/// <remarks>
/// <para>Each forecast is made from a fixed number of bars with residuals of 0 before them, so that it is the same live, along a series and in the file. With that, a forecast is a
/// weighted sum of the log returns of the window, and the file is one matrix product. The window is so long that what the residuals before it would add is
/// negligible: their weight is <see cref="Negligible"/> at most, or the window has <see cref="LongestWindow"/> bars.</para>
/// <para>The expected close is the exponential of the expected logarithm: the median of the close, if residuals are symmetric.</para>
/// </remarks>
public sealed class ArimaPredictor : IPredictor
{
    /// <summary>The weight that a residual before the window would have at most in the first forecast, unless the window is as long as it may be.</summary>
    public const double Negligible = 1e-4;

    /// <summary>The largest number of bars that a forecast reads unless asked for more.</summary>
    public const int LongestWindow = 300;

    private readonly double[][] _weights;
    private readonly double[] _constants;

    private ArimaPredictor(ArimaModel model, ModelCard card)
    {
        (Model, Card) = (model, card);
        (_constants, _weights) = Linearize(model, card.Window - 1, card.Horizon);
    }

    /// <summary>Gets the model of the logarithms of the closes.</summary>
    public ArimaModel Model { get; }

    /// <inheritdoc/>
    public ModelCard Card { get; }

    /// <summary>Fits the model to the training part, and to nothing else.</summary>
    /// <param name="trainingBars">The training part, oldest first, without missing bars.</param>
    /// <param name="order">The order; logarithms of prices wander, so d is 1 or 2.</param>
    /// <param name="horizon">How many bars ahead the forecast close lies; 1 or more. The file holds the closes before it as well.</param>
    /// <param name="window">How many bars a forecast reads, more than p + d + 1; <see langword="null"/> for as many as matter.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is outside its range.</exception>
    /// <exception cref="TrainingException">Bars are missing or too few, or do not determine the model, as when the price never moved.</exception>
    public static ArimaPredictor Fit(BarSeries trainingBars, ArimaOrder order, int horizon = 1, int? window = null)
    {
        ArgumentNullException.ThrowIfNull(trainingBars);
        ArgumentOutOfRangeException.ThrowIfLessThan(order.D, 1, nameof(order));
        ArgumentOutOfRangeException.ThrowIfLessThan(horizon, 1);
        if (window is { } wanted)
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(wanted, order.P + order.D + 2, nameof(window));
        }

        if (trainingBars.Gaps.FirstOrDefault(gap => !gap.Filled) is { Count: > 0 } missing)
        {
            throw new TrainingException(
                $"An ARIMA is fitted to bars in a row; {missing.Count} bar(s) are missing from {missing.Start:u} on. Read the bars with {nameof(GapPolicy)}.{nameof(GapPolicy.Fill)}, or cut the series.");
        }

        var model = ArimaModel.Fit(Array.ConvertAll(trainingBars.Closes.ToArray(), Math.Log), order);
        return new ArimaPredictor(model, new ModelCard
        {
            Name = string.Create(CultureInfo.InvariantCulture, $"arima-{order.P}-{order.D}-{order.Q}"),
            Features = [BarFeature.Close],
            Window = window ?? WindowOf(model),
            Horizon = horizon,
            Interval = trainingBars.Interval,
            Symbol = trainingBars.Symbol,
            TrainedFrom = trainingBars.OpenTimeAt(0),
            TrainedTo = trainingBars.CloseTimeAt(trainingBars.Count - 1),
        });
    }

    /// <inheritdoc/>
    public Forecast? Predict(BarSeries bars)
    {
        ArgumentNullException.ThrowIfNull(bars);
        RequireInterval(bars);
        return PriceAt(bars, bars.Count - 1) is { } price ? new Forecast(price, bars.Closes[^1], Card.Horizon) : null;
    }

    /// <inheritdoc/>
    public ForecastSeries PredictSeries(BarSeries bars)
    {
        ArgumentNullException.ThrowIfNull(bars);
        RequireInterval(bars);
        var prices = new double[bars.Count];
        for (var bar = 0; bar < prices.Length; bar++)
        {
            prices[bar] = PriceAt(bars, bar) ?? double.NaN;
        }

        return new ForecastSeries(bars, prices, Card.Horizon);
    }

    /// <summary>Writes the model as the bytes of an ONNX file that takes raw closes, "bars" [batch, window, 1], and puts out prices, "price" [batch, horizon].</summary>
    /// <returns>The same bytes for the same model.</returns>
    public byte[] ToOnnx()
    {
        var graph = new GraphBuilder(Card.Name);
        var closes = graph.Squeeze(graph.Input("bars", GraphBuilder.AnySize, Card.Window, 1), 2);
        var returns = Card.Window - 1;
        // A ratio of neighbours keeps the digits that a difference of their logarithms would lose in 32 bits.
        var logReturns = graph.Log(graph.Div(graph.Slice(closes, 1, 1, returns), graph.Slice(closes, 1, 0, returns)));
        var weights = new float[returns * Card.Horizon];
        for (var step = 0; step < Card.Horizon; step++)
        {
            for (var i = 0; i < returns; i++)
            {
                weights[(i * Card.Horizon) + step] = (float)_weights[step][i];
            }
        }

        var sums = graph.MatMul(logReturns, graph.Initializer("weights", [returns, Card.Horizon], weights));
        var constants = graph.Initializer("constants", [1, Card.Horizon], Array.ConvertAll(_constants, constant => (float)constant));
        graph.Output("price", graph.Mul(graph.Slice(closes, 1, returns, 1), graph.Exp(graph.Add(sums, constants))));
        return OnnxModelWriter.ToBytes(graph.Build(), ModelCardMetadata.ToMetadata(Card));
    }

    /// <summary>Writes the model's file, whole or not at all; an existing file is replaced.</summary>
    /// <param name="path">The file's path, in a directory that exists.</param>
    /// <param name="cancellationToken">Stops the writing; the old file, if any, stays.</param>
    /// <exception cref="IOException">The file could not be written.</exception>
    public Task SaveAsync(string path, CancellationToken cancellationToken = default) => ModelFileWriter.WriteAsync(path, ToOnnx(), cancellationToken);

    private static int WindowOf(ArimaModel model)
    {
        var shortest = model.Order.P + model.Order.Q + model.Order.D + 2;
        var radius = model.MovingAverageRadius;
        var memory = radius > 0 ? Math.Log(Negligible) / Math.Log(radius) : 0;
        return shortest + (int)Math.Ceiling(Math.Min(memory, Math.Max(0, LongestWindow - shortest)));
    }

    // The recursion is linear, so its answer to a lone return of 1 is the weight of that return; values after it stay at the level that it reached.
    private static (double[] Constants, double[][] Weights) Linearize(ArimaModel model, int returns, int steps)
    {
        var constants = model.Forecast(new double[returns + 1], steps);
        var weights = Enumerable.Range(0, steps).Select(_ => new double[returns]).ToArray();
        for (var i = 0; i < returns; i++)
        {
            var path = new double[returns + 1];
            path.AsSpan(i + 1).Fill(1);
            var forecasts = model.Forecast(path, steps);
            for (var step = 0; step < steps; step++)
            {
                weights[step][i] = forecasts[step] - constants[step] - 1;
            }
        }

        return (constants, weights);
    }

    private void RequireInterval(BarSeries bars)
    {
        if (bars.Interval != Card.Interval)
        {
            throw new ArgumentException($"The model '{Card.Name}' was made for bars of {Card.Interval}, found bars of {bars.Interval}.", nameof(bars));
        }
    }

    private double? PriceAt(BarSeries bars, int bar)
    {
        var first = bar - Card.Window + 1;
        if (first < 0 || bars.OpenTimes[bar] - bars.OpenTimes[first] != (Card.Window - 1) * (bars.Interval.Length.Ticks / TimeSpan.TicksPerMillisecond))
        {
            return null;
        }

        var window = bars.Closes.Slice(first, Card.Window);
        var weights = _weights[Card.Horizon - 1];
        var logReturn = _constants[Card.Horizon - 1];
        for (var i = 0; i < weights.Length; i++)
        {
            logReturn += weights[i] * Math.Log(window[i + 1] / window[i]);
        }

        return window[^1] * Math.Exp(logReturn);
    }
}
