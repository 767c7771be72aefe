using Microsoft.ML.OnnxRuntime;
using TradingBot.Training.Networks;
using TradingBot.Training.Onnx;

namespace TradingBot.Training.Optimization;

/// <summary>Runs training steps on the state that is attached to it, with batches that it holds.</summary>
internal sealed class TrainingSession : IDisposable
{
    private readonly InferenceSession _session;
    private readonly RunOptions _runOptions = new();
    private readonly TensorBuffer _samples;
    private readonly TensorBuffer _targets;
    private readonly TensorBuffer _weights;
    private readonly TensorBuffer _rate;
    private readonly TensorBuffer _loss;
    private readonly TensorBuffer? _masks;
    private TrainingState? _state;
    private OrtIoBinding[] _bindings = [];

    /// <param name="plan">The network.</param>
    /// <param name="options">How it is trained, with the number of rounds of this session.</param>
    /// <param name="batch">The samples of a step.</param>
    /// <param name="profile">What the names of the files begin with in which the runtime notes the time of every operator; <see langword="null"/> for none.</param>
    public TrainingSession(NetworkPlan plan, TrainingOptions options, int batch, string? profile = null)
    {
        using var sessionOptions = SingleThreaded();
        if (profile is not null)
        {
            (sessionOptions.ProfileOutputPathPrefix, sessionOptions.EnableProfiling) = (profile, true);
        }

        _session = new InferenceSession(OnnxModelWriter.ToBytes(TrainingGraph.Step(plan, options, batch)), sessionOptions);
        var (rounds, shape) = (options.Rounds, plan.Shape);
        _samples = new TensorBuffer(rounds, shape.Window, batch, shape.Features);
        _targets = new TensorBuffer(rounds, batch, shape.Steps);
        _weights = new TensorBuffer(rounds, batch);
        _rate = new TensorBuffer();
        _loss = new TensorBuffer(rounds);
        _masks = plan.MaskLength > 0 ? new TensorBuffer(plan.MaskLength) : null;
    }

    /// <summary>Gets the next step's windows, [rounds, window, batch, features].</summary>
    public Span<float> Samples => _samples.Span;

    /// <summary>Gets the next step's targets, [rounds, batch, steps].</summary>
    public Span<float> Targets => _targets.Span;

    /// <summary>Gets the next step's weights, [rounds, batch].</summary>
    public Span<float> Weights => _weights.Span;

    /// <summary>Gets the next step's dropout masks, all in a row.</summary>
    public Span<float> Masks => _masks is null ? [] : _masks.Span;

    /// <summary>Gets the loss of each round in the last step, before its update.</summary>
    public ReadOnlySpan<float> Loss => _loss.Span;

    /// <summary>Gets the options of sessions whose results must not depend on the machine's number of cores.</summary>
    public static SessionOptions SingleThreaded() => new() { IntraOpNumThreads = 1, InterOpNumThreads = 1, ExecutionMode = ExecutionMode.ORT_SEQUENTIAL };

    /// <summary>Lets the steps that follow train a state of as many rounds as the session has.</summary>
    public void Attach(TrainingState state)
    {
        Detach();
        (_state, _bindings) = (state, [Bind(state.Copy(0), state.Copy(1)), Bind(state.Copy(1), state.Copy(0))]);
    }

    /// <summary>Runs a step with Adam's rate.</summary>
    public void Step(double rate)
    {
        _rate.Span[0] = (float)rate;
        _session.RunWithBinding(_runOptions, _bindings[_state!.Current]);
        _state.Turn();
    }

    public void Dispose()
    {
        Detach();
        foreach (var buffer in (TensorBuffer[])[_samples, _targets, _weights, _rate, _loss])
        {
            buffer.Dispose();
        }

        _masks?.Dispose();
        _runOptions.Dispose();
        _session.Dispose();
    }

    private void Detach()
    {
        Array.ForEach(_bindings, binding => binding.Dispose());
        _bindings = [];
    }

    private OrtIoBinding Bind(IReadOnlyList<TensorBuffer> from, IReadOnlyList<TensorBuffer> to)
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

        for (var i = 0; i < TrainingState.Names.Count; i++)
        {
            binding.BindInput(TrainingState.Names[i], from[i].Value);
            binding.BindOutput(TrainingGraph.Next + TrainingState.Names[i], to[i].Value);
        }

        return binding;
    }
}
