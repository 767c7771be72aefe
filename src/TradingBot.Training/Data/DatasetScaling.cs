using TradingBot.Prediction;
using TradingBot.Training.Onnx;

namespace TradingBot.Training.Data;

/// <summary>The scaling of a dataset, with everything it had to learn from the training part. It scales samples for training and becomes part of the exported graph.</summary>
public sealed class DatasetScaling : GraphScaling
{
    private readonly DatasetOptions _options;
    private readonly ColumnScale[] _inputs;
    private readonly ColumnScale[] _targets;

    internal DatasetScaling(DatasetOptions options, ColumnScale[] inputs, ColumnScale[] targets) => (_options, _inputs, _targets) = (options, inputs, targets);

    /// <inheritdoc/>
    public override int ExtraBars => _options.ExtraBars;

    /// <inheritdoc/>
    public override OnnxValue Scale(GraphBuilder graph, OnnxValue bars)
    {
        ArgumentNullException.ThrowIfNull(graph);
        ArgumentNullException.ThrowIfNull(bars);
        var features = _options.Features.Count;
        var market = ScaleGroup(graph, graph.Slice(bars, 2, 0, features), _options.Scaling, _inputs.AsSpan(0, features));
        return _options.Exogenous.Count == 0
            ? market
            : graph.Concat(
                2, market, ScaleGroup(graph, graph.Slice(bars, 2, features, _options.Exogenous.Count), _options.ExogenousScaling, _inputs.AsSpan(features)));
    }

    /// <inheritdoc/>
    public override OnnxValue ToPrices(GraphBuilder graph, OnnxValue output, OnnxValue bars)
    {
        ArgumentNullException.ThrowIfNull(graph);
        ArgumentNullException.ThrowIfNull(output);
        ArgumentNullException.ThrowIfNull(bars);
        long[] shape = [1, _targets.Length];
        var units = graph.Constant(shape, Array.ConvertAll(_targets, target => (float)target.Unit));
        var shifts = graph.Constant(shape, Array.ConvertAll(_targets, target => (float)target.Shift));
        var targets = graph.Add(graph.Mul(output, units), shifts);
        return _options.Target == TargetKind.Price ? targets : graph.Mul(LastClose(graph, bars), graph.Exp(targets));
    }

    /// <summary>Scales one input.</summary>
    /// <param name="column">The place of the input among features and exogenous values.</param>
    /// <param name="value">The raw value.</param>
    /// <param name="before">The raw value one bar before; only log returns read it.</param>
    internal float ScaleInput(int column, double value, double before)
    {
        var logReturns = column < _options.Features.Count && _options.Scaling == InputScaling.LogReturn;
        return (float)_inputs[column].Apply(logReturns ? LogReturn(before, value) : value);
    }

    internal float ScaleTarget(int step, double target) => (float)_targets[step].Apply(target);

    internal static double LogReturn(double before, double now) => before == 0 || now == 0 ? 0 : Math.Log(now / before);

    private OnnxValue LastClose(GraphBuilder graph, OnnxValue bars)
    {
        var close = _options.Features.Select((feature, i) => (feature, i)).First(pair => pair.feature == BarFeature.Close).i;
        return graph.Squeeze(graph.Slice(graph.Slice(bars, 1, _options.Window + ExtraBars - 1, 1), 2, close, 1), 2);
    }

    private OnnxValue ScaleGroup(GraphBuilder graph, OnnxValue bars, InputScaling scaling, ReadOnlySpan<ColumnScale> scales)
    {
        var raw = graph.Slice(bars, 1, ExtraBars, _options.Window);
        if (scaling == InputScaling.None)
        {
            return raw;
        }

        var values = scaling == InputScaling.LogReturn ? LogReturns(graph, graph.Slice(bars, 1, 0, _options.Window), raw) : raw;
        var (shifts, units) = (new float[scales.Length], new float[scales.Length]);
        for (var i = 0; i < scales.Length; i++)
        {
            (shifts[i], units[i]) = ((float)scales[i].Shift, (float)scales[i].Unit);
        }

        long[] shape = [1, 1, scales.Length];
        return graph.Div(graph.Sub(values, graph.Constant(shape, shifts)), graph.Constant(shape, units));
    }

    private OnnxValue LogReturns(GraphBuilder graph, OnnxValue before, OnnxValue now)
    {
        if (!_options.Features.Contains(BarFeature.Volume))
        {
            return graph.Log(graph.Div(now, before));
        }

        // 1 where both are above 0 and 0 where one is 0; there, 1 / 1 stands in for the ratio.
        var traded = graph.Sign(graph.Min(before, now));
        var idle = graph.Sub(graph.Constant(1), traded);
        return graph.Log(graph.Div(graph.Add(graph.Mul(now, traded), idle), graph.Add(graph.Mul(before, traded), idle)));
    }
}
