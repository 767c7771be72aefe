using Microsoft.ML.OnnxRuntime;
using TradingBot.Training.Networks;
using TradingBot.Training.Onnx;

namespace TradingBot.Training.Optimization;

/// <summary>Runs training steps. The state exists twice: a step reads the one copy and writes the other, so that nothing is copied in between.</summary>
internal sealed class TrainingSession : IDisposable
{
    private readonly InferenceSession _session;
    private readonly RunOptions _runOptions = new();
    private readonly TensorBuffer[][] _states;
    private readonly OrtIoBinding[] _bindings;
    private readonly TensorBuffer _samples;
    private readonly TensorBuffer _targets;
    private readonly TensorBuffer _weights;
    private readonly TensorBuffer _rate;
    private readonly TensorBuffer _loss;
    private readonly TensorBuffer? _masks;
    private int _current;

    public TrainingSession(NetworkPlan plan, TrainingOptions options, int batch)
    {
        using var sessionOptions = SingleThreaded();
        _session = new InferenceSession(OnnxModelWriter.ToBytes(TrainingGraph.Step(plan, options, batch)), sessionOptions);
        var (rounds, shape) = (options.Rounds, plan.Shape);
        _samples = new TensorBuffer(rounds, shape.Window, batch, shape.Features);
        _targets = new TensorBuffer(rounds, batch, shape.Steps);
        _weights = new TensorBuffer(rounds, batch);
        _rate = new TensorBuffer();
        _loss = new TensorBuffer(rounds);
        _masks = plan.MaskLength > 0 ? new TensorBuffer(plan.MaskLength) : null;
        string[] names = [TrainingGraph.Parameters, TrainingGraph.FirstMoment, TrainingGraph.SecondMoment];
        _states = [[.. names.Select(_ => new TensorBuffer(rounds, plan.ParameterCount))], [.. names.Select(_ => new TensorBuffer(rounds, plan.ParameterCount))]];
        _bindings = [Bind(names, _states[0], _states[1]), Bind(names, _states[1], _states[0])];
    }

    /// <summary>Gets the next step's windows, [rounds, window, batch, features].</summary>
    public Span<float> Samples => _samples.Span;

    /// <summary>Gets the next step's targets, [rounds, batch, steps].</summary>
    public Span<float> Targets => _targets.Span;

    /// <summary>Gets the next step's weights, [rounds, batch].</summary>
    public Span<float> Weights => _weights.Span;

    /// <summary>Gets the next step's dropout masks, all in a row.</summary>
    public Span<float> Masks => _masks is null ? [] : _masks.Span;

    /// <summary>Gets the parameters after the last step, [rounds, parameters].</summary>
    public TensorBuffer Parameters => _states[_current][0];

    /// <summary>Gets the loss of each round in the last step, before its update.</summary>
    public ReadOnlySpan<float> Loss => _loss.Span;

    /// <summary>Gets the options of sessions whose results must not depend on the machine's number of cores.</summary>
    public static SessionOptions SingleThreaded() => new() { IntraOpNumThreads = 1, InterOpNumThreads = 1, ExecutionMode = ExecutionMode.ORT_SEQUENTIAL };

    /// <summary>Runs a step with Adam's rate.</summary>
    public void Step(double rate)
    {
        _rate.Span[0] = (float)rate;
        _session.RunWithBinding(_runOptions, _bindings[_current]);
        _current = 1 - _current;
    }

    public void Dispose()
    {
        Array.ForEach(_bindings, binding => binding.Dispose());
        foreach (var buffer in _states.SelectMany(state => state).Append(_samples).Append(_targets).Append(_weights).Append(_rate).Append(_loss))
        {
            buffer.Dispose();
        }

        _masks?.Dispose();
        _runOptions.Dispose();
        _session.Dispose();
    }

    private OrtIoBinding Bind(string[] names, TensorBuffer[] from, TensorBuffer[] to)
    {
        var binding = _session.CreateIoBinding();
        binding.BindInput(TrainingGraph.Samples, _samples.Value);
        binding.BindInput(TrainingGraph.Targets, _targets.Value);
        binding.BindInput(TrainingGraph.Weights, _weights.Value);
        binding.BindInput(TrainingGraph.Rate, _rate.Value);
        binding.BindOutput(TrainingGraph.Loss, _loss.Value);
        if (_masks is not null)
        {
            binding.BindInput(TrainingGraph.Masks, _masks.Value);
        }

        for (var i = 0; i < names.Length; i++)
        {
            binding.BindInput(names[i], from[i].Value);
            binding.BindOutput(TrainingGraph.Next + names[i], to[i].Value);
        }

        return binding;
    }
}
