using Microsoft.ML.OnnxRuntime;
using TradingBot.Market;

namespace TradingBot.Prediction;

/// <summary>Forecasts with a model in the ONNX format, run by ONNX Runtime on the processor.</summary>
/// <remarks>
/// <para>The model takes one float32 input [batch, window, features], or [batch, window] for one feature, oldest bar first, and gives float32
/// values [batch], [batch, 1], [batch, steps] or [batch, steps, 1]. Everything that does not fit fails in the constructor.</para>
/// <para>A forecast has the same bits whether it was made live or along a series: every run has the same number of windows, in memory
/// that is aligned alike, and rows that could fall outside full vector registers are not used (see <see cref="OnnxPredictorOptions.BatchSize"/>).</para>
/// <para>Safe for any number of threads. After the first calls a live forecast allocates no managed memory. Disposing waits for nobody:
/// calls that have begun end as if it had not happened, and the last of them frees the session.</para>
/// </remarks>
public sealed class OnnxPredictor : IPredictor, IDisposable
{
    private readonly InferencePool _pool;
    private readonly WindowWriter _windows;
    private readonly OutputReader _output;
    private readonly IExogenousSource? _exogenous;

    /// <summary>Loads a model and checks that it fits its description.</summary>
    /// <param name="file">The model's file.</param>
    /// <param name="options">Settings, or <see langword="null"/> for the defaults.</param>
    /// <exception cref="ModelException">The file is not a model, has no card, or does not fit its card or the options; the message says what was expected and what was found.</exception>
    public OnnxPredictor(ModelFile file, OnnxPredictorOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(file);
        options ??= new OnnxPredictorOptions();
        var session = OnnxSession.Open(file, options);
        try
        {
            Card = ModelCardSource.CardOf(file, session.ModelMetadata.CustomMetadataMap, options);
            _exogenous = ExogenousColumns.SourceFor(Card, options);
            _windows = new WindowWriter(Card);
            _output = new OutputReader(Card, _windows, options.DirectionReturn);
            _pool = new InferencePool(session, ModelSignature.Check(session, Card, options, file.Source));
        }
        catch
        {
            session.Dispose();
            throw;
        }
    }

    /// <inheritdoc/>
    public ModelCard Card { get; }

    /// <summary>Brings a model from where it is kept, loads it and checks that it fits its description.</summary>
    /// <param name="loader">Where the model is kept.</param>
    /// <param name="options">Settings, or <see langword="null"/> for the defaults.</param>
    /// <param name="cancellationToken">Ends the transfer.</param>
    /// <exception cref="ModelException">The file cannot be had, is not a model, has no card, or does not fit its card or the options.</exception>
    public static async Task<OnnxPredictor> LoadAsync(
        IModelLoader loader, OnnxPredictorOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(loader);
        var file = await loader.LoadAsync(cancellationToken).ConfigureAwait(false);
        return new OnnxPredictor(file, options);
    }

    /// <inheritdoc/>
    /// <exception cref="ObjectDisposedException">The predictor was disposed.</exception>
    public Forecast? Predict(BarSeries bars)
    {
        ArgumentNullException.ThrowIfNull(bars);
        Card.RequireInterval(bars);
        var slot = _pool.Rent();
        try
        {
            var bar = bars.Count - 1;
            var exogenous = ExogenousColumns.Join(Card, _exogenous, bars, Math.Max(0, bars.Count - Card.RequiredBars));
            if (!_windows.IsWhole(bars, exogenous, bar))
            {
                return null;
            }

            AddWindow(slot, bars, exogenous, bar);
            Run(slot, bars);
            return new Forecast(_output.PriceAt(bars, bar, slot.OutputAt(0)), bars.Closes[bar], Card.Horizon);
        }
        finally
        {
            _pool.Return(slot);
        }
    }

    /// <inheritdoc/>
    /// <exception cref="ObjectDisposedException">The predictor was disposed.</exception>
    public ForecastSeries PredictSeries(BarSeries bars)
    {
        ArgumentNullException.ThrowIfNull(bars);
        Card.RequireInterval(bars);
        var prices = new double[bars.Count];
        prices.AsSpan().Fill(double.NaN);
        var exogenous = ExogenousColumns.Join(Card, _exogenous, bars, 0);
        var slot = _pool.Rent();
        try
        {
            for (var bar = 0; bar < bars.Count; bar++)
            {
                if (_windows.IsWhole(bars, exogenous, bar) && AddWindow(slot, bars, exogenous, bar))
                {
                    RunInto(prices, slot, bars);
                }
            }

            if (slot.Count > 0)
            {
                RunInto(prices, slot, bars);
            }
        }
        finally
        {
            _pool.Return(slot);
        }

        return new ForecastSeries(bars, prices, Card.Horizon);
    }

    /// <summary>Frees the session, as soon as the calls that use it have ended.</summary>
    public void Dispose() => _pool.Dispose();

    /// <summary>Adds the window that ends at a bar; <see langword="true"/> when the slot is full.</summary>
    private bool AddWindow(InferenceSlot slot, BarSeries bars, ExogenousColumns exogenous, int bar)
    {
        _windows.Write(bars, exogenous, bar, slot.Add(bar));
        return slot.IsFull;
    }

    private void RunInto(double[] prices, InferenceSlot slot, BarSeries bars)
    {
        Run(slot, bars);
        for (var row = 0; row < slot.Count; row++)
        {
            var bar = slot.BarAt(row);
            prices[bar] = _output.PriceAt(bars, bar, slot.OutputAt(row));
        }

        slot.Clear();
    }

    private void Run(InferenceSlot slot, BarSeries bars)
    {
        try
        {
            slot.Run();
        }
        catch (OnnxRuntimeException e)
        {
            throw new ModelException($"The model '{Card.Name}' failed at the bar of {bars.OpenTimeAt(slot.BarAt(0)):u} or soon after: {e.Message.Trim()}", e);
        }
    }
}
