using TradingBot.Training.Networks;
using TradingBot.Training.Onnx;

namespace TradingBot.Training.Tests.Networks;

/// <summary>Compares layers with their textbook formulas, computed element by element.</summary>
public sealed class NetworkBuilderTests
{
    private readonly Random _random = new(5);

    [Fact]
    public void Dense_Sequence_IsTheSameAffineMapAtEveryStep()
    {
        var (x, kernel, bias) = (Values(2 * 3 * 2), Values(2 * 4), Values(4));

        var result = Run((n, sequence) => n.Dense(sequence, 4, Activation.Relu), x, [1, 2, 3, 2], ([2, 4], kernel), ([1, 4], bias));

        for (var row = 0; row < 6; row++)
        {
            for (var unit = 0; unit < 4; unit++)
            {
                var expected = bias[unit] + ((double)x[row * 2] * kernel[unit]) + ((double)x[(row * 2) + 1] * kernel[4 + unit]);
                result[(row * 4) + unit].Should().BeApproximately(Math.Max(0, expected), 1e-12);
            }
        }
    }

    [Fact]
    public void Conv1D_TwoSteps_SumsOverThemWithTheOlderFirst()
    {
        // Time 4, batch 1, one feature; one filter that subtracts the older from the later.
        var result = Run((n, x) => n.Conv1D(x, 1, 2), [1, 4, 9, 16], [1, 4, 1, 1], ([2, 1], [-1, 1]), ([1, 1], [0.5f]));

        result.Should().Equal(3.5, 5.5, 7.5);
    }

    [Fact]
    public void MaxPool1D_LastBlockNotWhole_IsLeftOut()
    {
        var result = Run((n, x) => n.MaxPool1D(x, 2), [1, 5, 3, 2, 9], [1, 5, 1, 1]);

        result.Should().Equal(5, 3);
    }

    [Fact]
    public void Flatten_Sequence_PutsTheOldestStepFirst()
    {
        // [rounds, time, batch, features]: two steps of two samples with one feature.
        var result = Run((n, x) => n.Flatten(x), [1, 10, 2, 20], [1, 2, 2, 1]);

        result.Should().Equal(1, 2, 10, 20);
    }

    [Fact]
    public void LastStep_Sequence_IsTheLatest() =>
        Run((n, x) => n.LastStep(x), [1, 10, 2, 20], [1, 2, 2, 1]).Should().Equal(2, 20);

    [Fact]
    public void Repeat_Vector_IsTheSameAtEveryStep() =>
        Run((n, x) => n.Repeat(x, 2), [1, 10], [1, 2, 1]).Should().Equal(1, 10, 1, 10);

    [Fact]
    public void LayerNorm_Vector_HasMeanZeroAndVarianceOneBeforeScaleAndShift()
    {
        var result = Run((n, x) => n.LayerNorm(x, 0.5), [1, 3, 5, 7], [1, 1, 4], ([1, 4], [1, 1, 2, 2]), ([1, 4], [0, 0, 0, 10]));

        var deviation = Math.Sqrt(5 + 0.5);
        double[] expected = [-3 / deviation, -1 / deviation, 2 * (1 / deviation), (2 * (3 / deviation)) + 10];
        result.Should().Equal(expected, (a, b) => Math.Abs(a - b) < 1e-12);
    }

    [Theory]
    [InlineData(Activation.Tanh)]
    [InlineData(Activation.Sigmoid)]
    [InlineData(Activation.Relu)]
    public void LstmSequence_EveryActivation_FollowsTheFormula(Activation activation)
    {
        const int Units = 2;
        const int Features = 3;
        const int Time = 4;
        var (x, kernel, bias, recurrent) = (Values(Time * Features), Values(Features * 4 * Units), Values(4 * Units), Values(Units * 4 * Units));

        var result = Run(
            (n, sequence) => n.LstmSequence(sequence, Units, activation), x, [1, Time, 1, Features], ([Features, 8], kernel), ([1, 8], bias), ([Units, 8], recurrent));

        var (state, cell) = (new double[Units], new double[Units]);
        for (var time = 0; time < Time; time++)
        {
            var next = new double[Units];
            for (var unit = 0; unit < Units; unit++)
            {
                var (input, forget, output) = (Sigmoid(Gate(0, unit)), Sigmoid(Gate(1, unit)), Sigmoid(Gate(2, unit)));
                cell[unit] = (forget * cell[unit]) + (input * Apply(activation, Gate(3, unit)));
                next[unit] = output * Apply(activation, cell[unit]);
                result[(time * Units) + unit].Should().BeApproximately(next[unit], 1e-12);
            }

            state = next;

            double Gate(int gate, int unit)
            {
                var column = (gate * Units) + unit;
                double sum = bias[column];
                for (var i = 0; i < Features; i++)
                {
                    sum += (double)x[(time * Features) + i] * kernel[(i * 8) + column];
                }

                for (var i = 0; i < Units; i++)
                {
                    sum += state[i] * recurrent[(i * 8) + column];
                }

                return sum;
            }
        }
    }

    [Fact]
    public void BidirectionalLstm_SecondHalf_IsTheFirstHalfOfTheReversedSequence()
    {
        var parameters = new (long[] Shape, float[] Content)[] { ([1, 8], Values(8)), ([1, 8], Values(8)), ([2, 8], Values(16)) };
        float[] sequence = [0.1f, -0.4f, 0.7f];
        float[] reversed = [0.7f, -0.4f, 0.1f];

        var both = Run((n, x) => n.BidirectionalLstm(x, 2), sequence, [1, 3, 1, 1], [.. parameters, .. parameters]);
        var backwards = Run((n, x) => n.Lstm(x, 2), reversed, [1, 3, 1, 1], parameters);
        var forwards = Run((n, x) => n.Lstm(x, 2), sequence, [1, 3, 1, 1], parameters);

        both.Should().Equal([.. forwards, .. backwards], (a, b) => Math.Abs(a - b) < 1e-12);
    }

    [Fact]
    public void MultiHeadAttention_TwoHeads_FollowsTheFormula()
    {
        const int Time = 3;
        const int Features = 2;
        const int Heads = 2;
        const int KeySize = 2;
        const int Width = Heads * KeySize;
        var x = Values(Time * Features);
        float[][] kernels = [Values(Features * Width), Values(Features * Width), Values(Features * Width)];
        float[][] biases = [Values(Width), Values(Width), Values(Width)];
        var (outKernel, outBias) = (Values(Width * Features), Values(Features));

        var result = Run(
            (n, sequence) => n.MultiHeadAttention(sequence, Heads, KeySize),
            x,
            [1, Time, 1, Features],
            ([Features, Width], kernels[0]), ([1, Width], biases[0]), ([Features, Width], kernels[1]), ([1, Width], biases[1]),
            ([Features, Width], kernels[2]), ([1, Width], biases[2]), ([Width, Features], outKernel), ([1, Features], outBias));

        for (var time = 0; time < Time; time++)
        {
            var mixed = new double[Width];
            for (var head = 0; head < Heads; head++)
            {
                var scores = Enumerable.Range(0, Time).Select(other => Math.Exp(Enumerable.Range(head * KeySize, KeySize)
                    .Sum(k => Projected(0, time, k) * Projected(1, other, k)) / Math.Sqrt(KeySize))).ToArray();
                for (var k = head * KeySize; k < (head + 1) * KeySize; k++)
                {
                    mixed[k] = Enumerable.Range(0, Time).Sum(other => scores[other] * Projected(2, other, k)) / scores.Sum();
                }
            }

            for (var feature = 0; feature < Features; feature++)
            {
                var expected = outBias[feature] + Enumerable.Range(0, Width).Sum(k => mixed[k] * outKernel[(k * Features) + feature]);
                result[(time * Features) + feature].Should().BeApproximately(expected, 1e-12);
            }
        }

        double Projected(int part, int time, int column) =>
            biases[part][column] + Enumerable.Range(0, Features).Sum(i => (double)x[(time * Features) + i] * kernels[part][(i * Width) + column]);
    }

    [Fact]
    public void MultiHeadAttention_LastStepAsks_GetsWhatItGetsAmongAll()
    {
        (long[], float[])[] parameters =
        [
            ([2, 4], Values(8)), ([1, 4], Values(4)), ([2, 4], Values(8)), ([1, 4], Values(4)), ([2, 4], Values(8)), ([1, 4], Values(4)), ([4, 2], Values(8)), ([1, 2], Values(2)),
        ];
        var x = Values(6);

        var all = Run((n, sequence) => n.MultiHeadAttention(sequence, 2, 2), x, [1, 3, 1, 2], parameters);
        var last = Run((n, sequence) => n.MultiHeadAttention(n.Graph.Slice(sequence, 1, 2, 1), sequence, 2, 2), x, [1, 3, 1, 2], parameters);

        last.Should().HaveCount(2).And.Equal(all[^2..], (a, b) => Math.Abs(a - b) < 1e-12);
    }

    [Fact]
    public void Dropout_OutsideTraining_DoesNothing() =>
        Run((n, x) => n.Dropout(x, 0.5), [1, 2], [1, 2, 1]).Should().Equal(1, 2);

    [Fact]
    public void Lstm_Parameters_BeginAsInKeras()
    {
        var tensors = new GivenTensors(1);
        var graph = new GraphBuilder("test");

        new NetworkBuilder(graph, tensors).Lstm(graph.Input("x", 1, 5, 2, 3), 4);

        tensors.Shapes.Should().BeEquivalentTo(new long[][] { [1, 3, 16], [1, 1, 16], [1, 4, 16] }, options => options.WithStrictOrdering());
        var (kernel, bias, recurrent) = (new float[48], new float[16], new float[64]);
        tensors.Initializations[0].Fill(kernel, _random);
        tensors.Initializations[1].Fill(bias, _random);
        tensors.Initializations[2].Fill(recurrent, _random);
        kernel.Should().OnlyContain(weight => Math.Abs(weight) <= Math.Sqrt(6d / (3 + 16)));
        bias.Should().Equal(0, 0, 0, 0, 1, 1, 1, 1, 0, 0, 0, 0, 0, 0, 0, 0);
        for (var i = 0; i < 4; i++)
        {
            for (var j = 0; j < 4; j++)
            {
                var product = Enumerable.Range(0, 16).Sum(k => (double)recurrent[(i * 16) + k] * recurrent[(j * 16) + k]);
                product.Should().BeApproximately(i == j ? 1 : 0, 1e-6);
            }
        }
    }

    [Fact]
    public void Conv1D_SequenceShorterThanTheKernel_Throws() =>
        Error(n => n.Conv1D(n.Graph.Input("x", 1, 2, 4, 3), 8, 3)).Should().Contain("over 3 steps needs as many, found 2");

    [Fact]
    public void MaxPool1D_SequenceShorterThanABlock_Throws() =>
        Error(n => n.MaxPool1D(n.Graph.Input("x", 1, 1, 4, 3), 2)).Should().Contain("block of 2 steps needs as many, found 1");

    [Fact]
    public void Lstm_Vector_Throws() =>
        Error(n => n.Lstm(n.Graph.Input("x", 1, 4, 3), 2)).Should().Contain("Expected a sequence");

    [Theory]
    [InlineData(-0.1)]
    [InlineData(1)]
    public void Dropout_RateOutOfRange_Throws(double rate) => Error(n => n.Dropout(n.Graph.Input("x", 1, 4, 3), rate)).Should().Contain("rate");

    private static string Error(Func<NetworkBuilder, OnnxValue> build)
    {
        var act = () => build(new NetworkBuilder(new GraphBuilder("test"), new GivenTensors(1)));
        return act.Should().Throw<ArgumentException>().Which.Message;
    }

    private static double[] Run(Func<NetworkBuilder, OnnxValue, OnnxValue> layer, float[] x, long[] shape, params (long[] Shape, float[] Content)[] parameters) =>
        GraphRunner.Evaluate(graph => layer(
            new NetworkBuilder(graph, new GivenTensors(1, [.. parameters.Select(parameter => graph.Constant([1, .. parameter.Shape], parameter.Content))])),
            graph.Constant(shape, x)));

    private static double Sigmoid(double value) => 1 / (1 + Math.Exp(-value));

    private static double Apply(Activation activation, double value) => activation switch
    {
        Activation.Tanh => Math.Tanh(value),
        Activation.Sigmoid => Sigmoid(value),
        _ => Math.Max(0, value),
    };

    private float[] Values(int count) => [.. Enumerable.Range(0, count).Select(_ => (_random.NextSingle() * 2) - 1)];
}
