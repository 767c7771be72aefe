using TradingBot.Training.Onnx;

namespace TradingBot.Training.Tests.Onnx;

public sealed class GraphBuilderTests
{
    private readonly GraphBuilder _graph = new("test");

    [Fact]
    public void Constant_SameValueTwice_IsOneTensor()
    {
        _graph.Constant(0.1).Should().BeSameAs(_graph.Constant(0.1));
        _graph.Constant(0.1).Should().NotBeSameAs(_graph.Constant(0.2));
    }

    [Fact]
    public void Add_SizesOfOne_AreRepeated() =>
        _graph.Add(_graph.Input("a", GraphBuilder.AnySize, 1, 3), _graph.Input("b", 4, 1)).Shape.ToArray().Should().Equal(-1, 4, 3);

    [Fact]
    public void Add_SizesThatDoNotFit_ThrowsWithBothShapes() =>
        Error(() => _graph.Add(_graph.Input("a", 2, 3), _graph.Input("b", 4))).Should().Contain("[2, 3]").And.Contain("[4]").And.Contain("found 3 and 4");

    [Fact]
    public void MatMul_LeadingDimensions_AreRepeated() =>
        _graph.MatMul(_graph.Input("a", 8, GraphBuilder.AnySize, 3), _graph.Input("b", 1, 3, 5)).Shape.ToArray().Should().Equal(8, -1, 5);

    [Fact]
    public void MatMul_ColumnsAndRowsDiffer_Throws() =>
        Error(() => _graph.MatMul(_graph.Input("a", 2, 3), _graph.Input("b", 4, 5))).Should().Contain("found 3 and 4");

    [Fact]
    public void MatMul_Vector_Throws() =>
        Error(() => _graph.MatMul(_graph.Input("a", 2, 3), _graph.Input("b", 3))).Should().Contain("two dimensions or more");

    [Fact]
    public void Reshape_OneSizeLeftOpen_ComputesIt() =>
        _graph.Reshape(_graph.Input("a", 2, 6), 3, GraphBuilder.AnySize).Shape.ToArray().Should().Equal(3, 4);

    [Fact]
    public void Reshape_OtherNumberOfElements_Throws() =>
        Error(() => _graph.Reshape(_graph.Input("a", 2, 6), 5)).Should().Contain("[2, 6]").And.Contain("[5]");

    [Fact]
    public void Slice_BeyondTheEnd_Throws() =>
        Error(() => _graph.Slice(_graph.Input("a", 5), axis: 0, start: 4, length: 2)).Should().Contain("length");

    [Fact]
    public void Slice_AlongTheBatch_Throws() =>
        Error(() => _graph.Slice(_graph.Input("a", GraphBuilder.AnySize), axis: 0, start: 0, length: 1)).Should().Contain("must be known");

    [Fact]
    public void Gather_IndexBeyondTheEnd_Throws() =>
        Error(() => _graph.Gather(_graph.Input("a", 5), axis: 0, 5)).Should().Contain("indices");

    [Fact]
    public void Concat_OtherSizesDiffer_Throws() =>
        Error(() => _graph.Concat(1, _graph.Input("a", 2, 3), _graph.Input("b", 3, 3))).Should().Contain("cannot be joined along axis 1");

    [Fact]
    public void Concat_Nothing_Throws() => Error(() => _graph.Concat(0)).Should().Contain("found none");

    [Fact]
    public void Squeeze_SizeAboveOne_Throws() =>
        Error(() => _graph.Squeeze(_graph.Input("a", 2, 3), 1)).Should().Contain("Expected size 1 at axis 1");

    [Fact]
    public void ReduceSum_SameAxisTwice_Throws() =>
        Error(() => _graph.ReduceSum(_graph.Input("a", 2, 3), [1, -1])).Should().Contain("different axes");

    [Fact]
    public void ReduceSum_AxisOutOfRange_Throws() =>
        Error(() => _graph.ReduceSum(_graph.Input("a", 2, 3), [2])).Should().Contain("from -2 to 1");

    [Fact]
    public void Input_NameTaken_Throws()
    {
        _graph.Input("a", 1);

        Error(() => _graph.Input("a", 1)).Should().Contain("'a' already");
    }

    [Fact]
    public void Output_NameTaken_Throws()
    {
        var input = _graph.Input("a", 1);
        var output = () => _graph.Output("a", input);

        output.Should().Throw<ArgumentException>().WithMessage("*'a' already*");
    }

    [Fact]
    public void Split_PartsThatDoNotFit_Throws() =>
        Error(() => _graph.Split(_graph.Input("a", 5), 0, 2, 2)).Should().Contain("sum to 5").And.Contain("[2, 2]");

    [Fact]
    public void Transpose_AxisTwice_Throws() =>
        Error(() => _graph.Transpose(_graph.Input("a", 2, 3), 0, 0)).Should().Contain("each of the 2 axes").And.Contain("[0, 0]");

    [Fact]
    public void Expand_ToOtherSizes_Throws() =>
        Error(() => _graph.Expand(_graph.Input("a", 2), 3, 3)).Should().Contain("do not fit");

    [Fact]
    public void Expand_ToFewerElements_Throws() =>
        Error(() => _graph.Expand(_graph.Input("a", 2), 1)).Should().Contain("cannot be repeated");

    [Fact]
    public void Input_SizeOfZero_Throws() => Error(() => _graph.Input("a", 0)).Should().Contain("1 or more");

    [Fact]
    public void Initializer_WrongNumberOfElements_Throws() =>
        Error(() => _graph.Initializer("a", [2, 2], [1f, 2f, 3f])).Should().Contain("needs 4 elements, found 3");

    [Fact]
    public void Add_TypesDiffer_Throws() =>
        Error(() => _graph.Add(_graph.Input("a", 1), _graph.Initializer("b", [1], [1L]))).Should().Contain("one type");

    [Fact]
    public void Constructor_WholeNumbersAsFloatType_Throws() =>
        Error(() => new GraphBuilder("test", OnnxElementType.Int64)).Should().Contain("Expected Float32 or Float64");

    [Fact]
    public void Build_NoOutput_Throws()
    {
        var build = _graph.Build;

        build.Should().Throw<InvalidOperationException>().WithMessage("*'test' has no output*");
    }

    private static string Error(Func<object> act) => act.Should().Throw<ArgumentException>().Which.Message;
}
