using System.Runtime.InteropServices;
using Microsoft.ML.OnnxRuntime;

namespace TradingBot.Prediction;

/// <summary>The memory of one run, bound to the session once, so that a run allocates nothing.</summary>
internal sealed class InferenceSlot : IDisposable
{
    // A cache line, and the widest vector register. Vectorised code treats the numbers before such a boundary one by one, and rounds them otherwise.
    private const int Alignment = 64;

    private readonly InferenceSession _session;
    private readonly RunOptions _runOptions;
    private readonly OrtValue _inputValue;
    private readonly OrtValue _outputValue;
    private readonly OrtIoBinding _binding;
    private readonly Memory<float> _input;
    private readonly Memory<float> _output;
    private readonly int[] _bars;
    private readonly int _inputWidth;
    private readonly int _outputWidth;
    private readonly int _outputIndex;
    private readonly int _rows;

    public InferenceSlot(InferenceSession session, RunOptions runOptions, ModelSignature signature)
    {
        (_session, _runOptions, _outputIndex) = (session, runOptions, signature.OutputIndex);
        _rows = (int)signature.InputShape[0];
        _bars = new int[signature.UsableRows];
        _input = AlignedMemory(signature.InputShape);
        _output = AlignedMemory(signature.OutputShape);
        _inputWidth = _input.Length / _rows;
        _outputWidth = _output.Length / _rows;
        _inputValue = OrtValue.CreateTensorValueFromMemory(OrtMemoryInfo.DefaultInstance, _input, signature.InputShape);
        _outputValue = OrtValue.CreateTensorValueFromMemory(OrtMemoryInfo.DefaultInstance, _output, signature.OutputShape);
        _binding = session.CreateIoBinding();
        _binding.BindInput(signature.InputName, _inputValue);
        _binding.BindOutput(signature.OutputName, _outputValue);
    }

    /// <summary>Gets the number of windows added since the last <see cref="Clear"/>.</summary>
    public int Count { get; private set; }

    public bool IsFull => Count == _bars.Length;

    /// <summary>Adds a window that ends at a bar.</summary>
    /// <returns>Where to write it: oldest bar first, the features of a bar side by side.</returns>
    public Span<float> Add(int bar)
    {
        _bars[Count] = bar;
        return Row(Count++);
    }

    public void Clear() => Count = 0;

    public int BarAt(int row) => _bars[row];

    /// <summary>Gets the forecast of a row, as the model gave it.</summary>
    public float OutputAt(int row) => _output.Span[(row * _outputWidth) + _outputIndex];

    /// <summary>Runs the model on the windows added, at least one; spare rows repeat the last, so that a run depends on nothing before it.</summary>
    public void Run()
    {
        var last = Row(Count - 1);
        for (var row = Count; row < _rows; row++)
        {
            last.CopyTo(Row(row));
        }

        _session.RunWithBinding(_runOptions, _binding);
    }

    public void Dispose()
    {
        _binding.Dispose();
        _inputValue.Dispose();
        _outputValue.Dispose();
    }

    private Span<float> Row(int row) => _input.Span.Slice(row * _inputWidth, _inputWidth);

    private static Memory<float> AlignedMemory(long[] shape)
    {
        var length = (int)shape.Aggregate(1L, (product, dimension) => product * dimension);
        var array = GC.AllocateArray<float>(length + (Alignment / sizeof(float)), pinned: true);
        var past = (int)(Marshal.UnsafeAddrOfPinnedArrayElement(array, 0) % Alignment);
        return array.AsMemory(past == 0 ? 0 : (Alignment - past) / sizeof(float), length);
    }
}
