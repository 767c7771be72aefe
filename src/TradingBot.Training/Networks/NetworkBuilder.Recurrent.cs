using TradingBot.Training.Onnx;

namespace TradingBot.Training.Networks;

/// <content>Recurrent layers.</content>
public sealed partial class NetworkBuilder
{
    /// <summary>Adds an LSTM layer (Hochreiter and Schmidhuber 1997, with the forget gate of Gers, Schmidhuber and Cummins 2000) and takes its last state.</summary>
    /// <param name="sequence">The sequence.</param>
    /// <param name="units">The number of features of the state.</param>
    /// <param name="activation">What is applied to the candidate and to the cell before the output gate; the gates are always sigmoid.</param>
    /// <returns>The state after the last step.</returns>
    public OnnxValue Lstm(OnnxValue sequence, int units, Activation activation = Activation.Tanh) => LstmStates(sequence, units, activation, backwards: false)[^1];

    /// <summary>Adds an LSTM layer and takes its state after every step; see <see cref="Lstm"/>.</summary>
    /// <param name="sequence">The sequence.</param>
    /// <param name="units">The number of features of the state.</param>
    /// <param name="activation">What is applied to the candidate and to the cell before the output gate; the gates are always sigmoid.</param>
    /// <returns>The sequence of states.</returns>
    public OnnxValue LstmSequence(OnnxValue sequence, int units, Activation activation = Activation.Tanh) =>
        Sequence(LstmStates(sequence, units, activation, backwards: false));

    /// <summary>Adds two LSTM layers, one that reads the sequence forwards and one backwards, and joins their last states: Schuster and Paliwal 1997.</summary>
    /// <param name="sequence">The sequence.</param>
    /// <param name="units">The number of features of each state; the result has twice as many.</param>
    /// <param name="activation">What is applied to the candidate and to the cell before the output gate; the gates are always sigmoid.</param>
    public OnnxValue BidirectionalLstm(OnnxValue sequence, int units, Activation activation = Activation.Tanh) => Graph.Concat(
        2,
        LstmStates(sequence, units, activation, backwards: false)[^1],
        LstmStates(sequence, units, activation, backwards: true)[^1]);

    private List<OnnxValue> LstmStates(OnnxValue sequence, int units, Activation activation, bool backwards)
    {
        CheckSequence(sequence);
        ArgumentOutOfRangeException.ThrowIfLessThan(units, 1);
        var time = (int)sequence.Shape[1];

        // The input's part of all gates at all steps is one product; the gates are ordered input, forget, output, candidate.
        var projected = Affine(
            sequence,
            4 * units,
            ParameterInitialization.GlorotUniform(sequence.Shape[3], 4d * units),
            ParameterInitialization.OnesAt(units, units));
        var recurrent = Parameter("recurrent", [units, 4 * units], ParameterInitialization.Orthogonal(units, 4 * units));
        var ones = new long[time];
        Array.Fill(ones, 1);
        var steps = time == 1 ? [projected] : Graph.Split(projected, 1, ones);

        List<OnnxValue> states = [];
        OnnxValue? cell = null;
        foreach (var step in backwards ? steps.Reverse() : steps)
        {
            // Before the first step state and cell are 0, and what they are multiplied with need not be computed.
            var gates = Graph.Squeeze(step, 1);
            if (states.Count > 0)
            {
                gates = Graph.Add(gates, Graph.MatMul(states[^1], recurrent));
            }

            var (input, forget, output, proposed) = Gates(gates, units, activation);
            var candidate = Graph.Mul(input, proposed);
            cell = cell is null ? candidate : Graph.Add(Graph.Mul(forget, cell), candidate);
            states.Add(Graph.Mul(output, Activate(cell, activation)));
        }

        return states;
    }

    private (OnnxValue Input, OnnxValue Forget, OnnxValue Output, OnnxValue Proposed) Gates(OnnxValue gates, int units, Activation activation)
    {
        // Where the candidate is sigmoid too, all four are one operator and one cut.
        if (activation == Activation.Sigmoid)
        {
            var all = Graph.Split(Graph.Sigmoid(gates), 2, units, units, units, units);
            return (all[0], all[1], all[2], all[3]);
        }

        var parts = Graph.Split(gates, 2, 3 * units, units);
        var open = Graph.Split(Graph.Sigmoid(parts[0]), 2, units, units, units);
        return (open[0], open[1], open[2], Activate(parts[1], activation));
    }
}
