namespace TradingBot.Training.Optimization;

/// <summary>The parameters and moments of a group of rounds. They exist twice: a step reads the one copy and writes the other, so that nothing is copied in between.</summary>
internal sealed class TrainingState : IDisposable
{
    private readonly TensorBuffer[][] _copies;

    public TrainingState(int rounds, int parameters) =>
        _copies = [.. Enumerable.Range(0, 2).Select(_ => Names.Select(_ => new TensorBuffer(rounds, parameters)).ToArray())];

    /// <summary>Gets the names by which a graph reads the tensors of a copy.</summary>
    public static IReadOnlyList<string> Names { get; } = [TrainingGraph.Parameters, TrainingGraph.FirstMoment, TrainingGraph.SecondMoment];

    /// <summary>Gets the copy that is valid: 0 or 1.</summary>
    public int Current { get; private set; }

    /// <summary>Gets the parameters after the last step, [rounds, parameters].</summary>
    public TensorBuffer Parameters => _copies[Current][0];

    /// <summary>Gets the tensors of a copy, in the order of <see cref="Names"/>.</summary>
    public IReadOnlyList<TensorBuffer> Copy(int index) => _copies[index];

    /// <summary>Makes the other copy the valid one.</summary>
    public void Turn() => Current = 1 - Current;

    public void Dispose() => Array.ForEach(_copies, copy => Array.ForEach(copy, buffer => buffer.Dispose()));
}
