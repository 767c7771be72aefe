using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;

namespace TradingBot.Training.Optimization;

/// <summary>A tensor in memory that ONNX Runtime reads and writes in place.</summary>
internal sealed class TensorBuffer : IDisposable
{
    public TensorBuffer(params long[] shape)
    {
        Value = OrtValue.CreateAllocatedTensorValue(OrtAllocator.DefaultInstance, TensorElementType.Float, shape);
        Span.Clear();
    }

    public OrtValue Value { get; }

    public Span<float> Span => Value.GetTensorMutableDataAsSpan<float>();

    public void Dispose() => Value.Dispose();
}
