using TradingBot.Training.Differentiation;
using TradingBot.Training.Onnx;

namespace TradingBot.Training.Tests.Differentiation;

public sealed class ReverseModeTests
{
    private static readonly Dictionary<string, Func<GraphBuilder, OnnxValue, OnnxValue>> Unary = new(StringComparer.Ordinal)
    {
        ["Identity"] = (g, x) => g.Identity(x),
        ["Neg"] = (g, x) => g.Neg(x),
        ["Exp"] = (g, x) => g.Exp(x),
        ["Abs"] = (g, x) => g.Abs(x),
        ["Sigmoid"] = (g, x) => g.Sigmoid(x),
        ["Tanh"] = (g, x) => g.Tanh(x),
        ["Relu"] = (g, x) => g.Relu(x),
        ["Softmax, last axis"] = (g, x) => g.Softmax(x, -1),
        ["Softmax, first axis"] = (g, x) => g.Softmax(x, 0),
        ["ReduceSum, middle"] = (g, x) => g.ReduceSum(x, [1]),
        ["ReduceSum, two axes kept"] = (g, x) => g.ReduceSum(x, [0, 2], keepDimensions: true),
        ["ReduceMean, all"] = (g, x) => g.ReduceMean(x, [0, 1, 2]),
        ["ReduceMean, kept"] = (g, x) => g.ReduceMean(x, [-1], keepDimensions: true),
        ["Reshape"] = (g, x) => g.Tanh(g.Reshape(x, 4, GraphBuilder.AnySize)),
        ["Unsqueeze"] = (g, x) => g.Unsqueeze(x, 1),
        ["Squeeze"] = (g, x) => g.Squeeze(g.Slice(x, 1, 2, 1), 1),
        ["Slice, start"] = (g, x) => g.Slice(x, 0, 0, 1),
        ["Slice, middle"] = (g, x) => g.Slice(x, -1, 1, 2),
        ["Gather, first axis"] = (g, x) => g.Gather(x, 0, 1, 0, 1),
        ["Gather, middle axis"] = (g, x) => g.Gather(x, 1, 2),
        ["Gather, last axis"] = (g, x) => g.Gather(x, 2, 3, 3, 0),
        ["Transpose"] = (g, x) => g.Transpose(x, 2, 0, 1),
        ["Expand"] = (g, x) => g.Expand(g.Slice(x, 1, 0, 1), 5, 2, 6, 4),
        ["Split, all parts"] = (g, x) => g.Split(x, 2, 1, 3) is var parts ? g.Concat(2, g.Tanh(parts[1]), parts[0]) : x,
        ["Split, one part"] = (g, x) => g.Split(x, 1, 1, 1, 1)[1],
        ["Concat with itself"] = (g, x) => g.Concat(1, x, g.Exp(x), x),
        ["used often"] = (g, x) => g.Add(g.Mul(x, x), g.Add(g.Sigmoid(x), g.Mul(g.Tanh(x), x))),
    };

    private static readonly Dictionary<string, Func<GraphBuilder, OnnxValue, OnnxValue, OnnxValue>> Binary = new(StringComparer.Ordinal)
    {
        ["Add"] = (g, a, b) => g.Add(a, b),
        ["Sub"] = (g, a, b) => g.Sub(a, b),
        ["Mul"] = (g, a, b) => g.Mul(a, b),
        ["Div"] = (g, a, b) => g.Div(a, b),
        ["Max"] = (g, a, b) => g.Max(a, b),
        ["Min"] = (g, a, b) => g.Min(a, b),
    };

    public static TheoryData<string> UnaryNames => new(Unary.Keys);

    public static TheoryData<string> BinaryNames => new(Binary.Keys);

    [Theory]
    [MemberData(nameof(UnaryNames))]
    public void AppendGradients_OperatorOfOneInput_EqualsCentralDifferences(string name) =>
        GradientCheck.Verify((g, x) => Unary[name](g, x[0]), [[2, 3, 4]]);

    [Theory]
    [MemberData(nameof(BinaryNames))]
    public void AppendGradients_OperatorOfTwoInputs_EqualsCentralDifferences(string name) =>
        GradientCheck.Verify((g, x) => Binary[name](g, x[0], x[1]), [[2, 3, 4], [2, 3, 4]], low: 0.5);

    [Theory]
    [MemberData(nameof(BinaryNames))]
    public void AppendGradients_OperandsThatAreRepeated_SumsOverTheRepetitions(string name)
    {
        GradientCheck.Verify((g, x) => Binary[name](g, x[0], x[1]), [[2, 1, 4], [3, 1]], low: 0.5);
        GradientCheck.Verify((g, x) => Binary[name](g, x[0], x[1]), [[3], [2, 2, 3]], low: 0.5);
    }

    [Fact]
    public void AppendGradients_Log_EqualsCentralDifferences() => GradientCheck.Verify((g, x) => g.Log(x[0]), [[5]], low: 0.5);

    [Fact]
    public void AppendGradients_Sqrt_EqualsCentralDifferences() => GradientCheck.Verify((g, x) => g.Sqrt(x[0]), [[5]], low: 0.5);

    [Fact]
    public void AppendGradients_Max_WithConstant_EqualsCentralDifferences() => GradientCheck.Verify((g, x) => g.Max(x[0], g.Constant(0.3)), [[9]]);

    [Theory]
    [InlineData(new long[] { 3, 4 }, new long[] { 4, 2 })]
    [InlineData(new long[] { 2, 3, 4 }, new long[] { 2, 4, 5 })]
    [InlineData(new long[] { 1, 3, 4 }, new long[] { 2, 4, 5 })]
    [InlineData(new long[] { 2, 1, 3, 4 }, new long[] { 3, 4, 2 })]
    public void AppendGradients_MatMul_EqualsCentralDifferences(long[] left, long[] right) =>
        GradientCheck.Verify((g, x) => g.MatMul(x[0], x[1]), [left, right]);

    [Fact]
    public void AppendGradients_OneMatrixInSeveralProducts_SumsOverThem() =>
        GradientCheck.Verify((g, x) => g.MatMul(g.Tanh(g.MatMul(g.Tanh(g.MatMul(x[0], x[1])), x[1])), x[1]), [[2, 3, 4], [2, 4, 4]]);

    [Fact]
    public void AppendGradients_OneMatrixInProductsAndElsewhere_SumsOverAll() =>
        GradientCheck.Verify((g, x) => g.Add(g.MatMul(g.MatMul(x[0], x[1]), x[1]), g.MatMul(g.Slice(x[0], 0, 0, 1), g.Exp(x[1]))), [[2, 4, 4], [2, 4, 4]]);

    [Fact]
    public void AppendGradients_TransposedOperands_EqualsCentralDifferences()
    {
        GradientCheck.Verify((g, x) => g.MatMul(x[0], g.Transpose(x[1], 0, 2, 1)), [[2, 3, 4], [2, 5, 4]]);
        GradientCheck.Verify((g, x) => g.MatMul(g.Transpose(x[0], 0, 2, 1), g.Transpose(x[1], 0, 2, 1)), [[2, 4, 3], [2, 5, 4]]);
        GradientCheck.Verify((g, x) => g.Transpose(x[0], 0, 2, 1) is var turned ? g.Add(g.MatMul(x[0], turned), g.Tanh(g.MatMul(turned, turned))) : x[0], [[2, 3, 3]]);
        GradientCheck.Verify((g, x) => g.MatMul(x[0], g.Transpose(x[1], 0, 2, 1)), [[1, 3, 4], [2, 5, 4]]);
    }

    [Theory]
    [InlineData(new long[] { 2, 1, 3 })]
    [InlineData(new long[] { 1, 3 })]
    public void AppendGradients_RowThatIsRepeated_SumsOverTheRows(long[] row) => GradientCheck.Verify((g, x) => g.Mul(x[0], x[1]), [[2, 4, 3], row]);

    [Fact]
    public void AppendGradients_LossThatDoesNotDependOnAParameter_IsZero() =>
        GradientCheck.Verify((g, x) => g.Exp(x[0]), [[3], [2]]);

    [Fact]
    public void AppendGradients_SignOnTheWay_IsZeroThere() =>
        GradientCheck.Verify((g, x) => g.Add(g.Sign(x[0]), x[0]), [[3]]);

    [Fact]
    public void AppendGradients_OperatorWithoutGradient_NamesIt()
    {
        var graph = new GraphBuilder("test");
        var x = graph.Input("x", 3);
        var loss = graph.ReduceSum(graph.Pad(x, 0, 1, 1), [0]);

        var differentiate = () => ReverseMode.AppendGradients(graph, loss, [x]);

        differentiate.Should().Throw<NotSupportedException>().WithMessage("*Pad*");
    }
}
