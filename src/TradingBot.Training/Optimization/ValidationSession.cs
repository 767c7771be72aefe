using Microsoft.ML.OnnxRuntime;
using TradingBot.Training.Networks;
using TradingBot.Training.Onnx;

namespace TradingBot.Training.Optimization;

/// <summary>Computes every round's loss on samples that were kept out of training.</summary>
internal sealed class ValidationSession : IDisposable
{
    private readonly InferenceSession _session;
    private readonly RunOptions _runOptions = new();
    private readonly OrtIoBinding _binding;
    private readonly TensorBuffer _samples;
    private readonly TensorBuffer _targets;
    private readonly TensorBuffer _loss;

    public ValidationSession(NetworkPlan plan, TrainingOptions options, TrainingData data, int start)
    {
        var (shape, count) = (plan.Shape, data.Count - start);
        using var sessionOptions = TrainingSession.SingleThreaded();
        _session = new InferenceSession(OnnxModelWriter.ToBytes(TrainingGraph.Validation(plan, options, count)), sessionOptions);
        _samples = new TensorBuffer(1, shape.Window, count, shape.Features);
        _targets = new TensorBuffer(1, count, shape.Steps);
        _loss = new TensorBuffer(options.Rounds);
        for (var i = 0; i < count; i++)
        {
            Batches.CopySample(data, start + i, _samples.Span, i, count);
            data.Target(start + i).CopyTo(_targets.Span[(i * shape.Steps)..]);
        }

        _binding = _session.CreateIoBinding();
        _binding.BindInput(TrainingGraph.Samples, _samples.Value);
        _binding.BindInput(TrainingGraph.Targets, _targets.Value);
        _binding.BindOutput(TrainingGraph.Loss, _loss.Value);
    }

    /// <summary>Computes the loss of each round.</summary>
    public void Run(TensorBuffer parameters, Span<double> losses)
    {
        _binding.BindInput(TrainingGraph.Parameters, parameters.Value);
        _session.RunWithBinding(_runOptions, _binding);
        for (var round = 0; round < losses.Length; round++)
        {
            losses[round] = _loss.Span[round];
        }
    }

    public void Dispose()
    {
        _binding.Dispose();
        _samples.Dispose();
        _targets.Dispose();
        _loss.Dispose();
        _runOptions.Dispose();
        _session.Dispose();
    }
}
