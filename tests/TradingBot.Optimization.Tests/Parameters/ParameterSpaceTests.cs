using TradingBot.Optimization.Parameters;

namespace TradingBot.Optimization.Tests.Parameters;

public sealed class ParameterSpaceTests
{
    private static readonly ParameterSpace Space = new(
        Parameter.Real("threshold", 0.002, 0.02), Parameter.Integer("lookback", 5, 50), Parameter.Choice("mode", "long", "both"));

    [Fact]
    public void Grid_TwoParameters_LastChangesFastest() =>
        new ParameterSpace(Parameter.Integer("a", 1, 5, 3), Parameter.Choice("b", "x", "y")).Grid().Select(set => set.ToString())
            .Should().Equal("a=1; b=x", "a=1; b=y", "a=4; b=x", "a=4; b=y");

    [Fact]
    public void Grid_Real_HoldsBothEndsAndPlainNumbers() =>
        new ParameterSpace(Parameter.Real("t", 0.002, 0.02, 10)).Grid().Select(set => set.Number("t"))
            .Should().Equal(0.002, 0.004, 0.006, 0.008, 0.01, 0.012, 0.014, 0.016, 0.018, 0.02);

    [Fact]
    public void Grid_Logarithmic_HasEqualRatios() =>
        new ParameterSpace(Parameter.Real("t", 0.001, 1, 4, isLogarithmic: true)).Grid().Select(set => set.Number("t")).Should().Equal(0.001, 0.01, 0.1, 1);

    [Fact]
    public void Grid_Where_LeavesOut() =>
        SampleSearch.Space.Grid().Should().HaveCount(26).And.OnlyContain(set => set.Integer("fast") < set.Integer("slow"));

    [Fact]
    public void Random_SameSeed_IsTheSameAndDifferent()
    {
        var sets = Space.Random(200, seed: 5);

        sets.Should().Equal(Space.Random(200, seed: 5)).And.OnlyHaveUniqueItems().And.HaveCount(200);
        sets.Should().NotEqual(Space.Random(200, seed: 6));
        sets.Should().OnlyContain(set => set.Number("threshold") >= 0.002 && set.Number("threshold") <= 0.02 && set.Integer("lookback") >= 5 && set.Integer("lookback") <= 50);
        sets.Select(set => set.Name("mode")).Should().Contain(["long", "both"]);
    }

    [Fact]
    public void LatinHypercube_Draws_HitEveryPartOnce()
    {
        var sets = Space.LatinHypercube(100, seed: 5);

        sets.Should().Equal(Space.LatinHypercube(100, seed: 5)).And.HaveCount(100);
        sets.Select(set => (int)((set.Number("threshold") - 0.002) / 0.018 * 100)).Order().Should().Equal(Enumerable.Range(0, 100));
        sets.Count(set => set.Name("mode") == "long").Should().Be(50);
        sets.CountBy(set => set.Integer("lookback")).Should().OnlyContain(pair => pair.Value >= 1 && pair.Value <= 4).And.HaveCount(46);
    }

    [Fact]
    public void Sampling_TooSmallASpace_SaysSo()
    {
        var small = new ParameterSpace(Parameter.Integer("a", 1, 3));

        FluentActions.Invoking(() => small.Random(4, 1)).Should().Throw<InvalidOperationException>().WithMessage("Only 3 of 4 different combinations were found*take its grid.");
        small.LatinHypercube(9, 1).Should().BeEquivalentTo(small.Grid());
    }

    [Fact]
    public void Sampling_NothingAllowed_SaysSo()
    {
        var none = Space.Where(_ => true).Where(_ => false);

        FluentActions.Invoking(() => none.Grid()).Should().Throw<InvalidOperationException>().WithMessage("None of the grid's combinations is allowed.");
        FluentActions.Invoking(() => none.LatinHypercube(5, 1)).Should().Throw<InvalidOperationException>().WithMessage("None of the drawn combinations is allowed.");
        FluentActions.Invoking(() => none.Random(5, 1)).Should().Throw<InvalidOperationException>().WithMessage("Only 0 of 5*");
    }

    [Fact]
    public void Grid_TooLarge_SaysSo() =>
        FluentActions.Invoking(() => new ParameterSpace([.. Enumerable.Range(0, 40).Select(i => Parameter.Real($"p{i}", 0, 1))]).Grid())
            .Should().Throw<InvalidOperationException>().WithMessage("The grid has more than 10000000 combinations; take fewer values, or sample.");

    [Fact]
    public void Constructor_BadRanges_SayWhatWasFound()
    {
        (Action Make, string Message)[] cases =
        [
            (() => Parameter.Real("t", 1, 1), "The range of 't' must go from a finite number up to a larger one, found 1 to 1.*"),
            (() => Parameter.Real("t", 2, 1), "*found 2 to 1.*"),
            (() => Parameter.Real("t", double.NaN, 1), "*found NaN to 1.*"),
            (() => Parameter.Real("t", 0, double.PositiveInfinity), "*found 0 to Infinity.*"),
            (() => Parameter.Real("t", double.MinValue, double.MaxValue), "The range of 't'*"),
            (() => Parameter.Real("t", 0, 1, 1), "A grid of 't' must have 2 values or more.*"),
            (() => Parameter.Real("t", 0, 1, isLogarithmic: true), "The logarithmic range of 't' must begin above 0, found 0.*"),
            (() => Parameter.Integer("n", 2, 1), "The range of 'n' must not be empty, found 2 to 1.*"),
            (() => Parameter.Integer("n", 1, 2, 0), "The step of 'n' must be 1 or more.*"),
            (() => Parameter.Integer("n", int.MinValue, int.MaxValue), "The range of 'n' has too many values*"),
            (() => Parameter.Choice("c"), "'c' must have at least one value and each once, found none.*"),
            (() => Parameter.Choice("c", "a", "a"), "'c' must have at least one value and each once, found a, a.*"),
            (() => Parameter.Choice("", "a"), "*"),
            (() => _ = new ParameterSpace(), "A parameter space needs at least one parameter, found none.*"),
            (() => _ = new ParameterSpace(Parameter.Choice("c", "a"), Parameter.Real("c", 0, 1)), "The parameter 'c' is given twice.*"),
            (() => Space.Random(0, 1), "*"),
            (() => Space.LatinHypercube(0, 1), "*"),
        ];
        cases.Should().AllSatisfy(test => test.Make.Should().Throw<ArgumentException>().WithMessage(test.Message));
    }
}
