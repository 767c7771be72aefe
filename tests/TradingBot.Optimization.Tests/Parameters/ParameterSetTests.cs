using TradingBot.Optimization.Parameters;

namespace TradingBot.Optimization.Tests.Parameters;

public sealed class ParameterSetTests
{
    private static readonly ParameterSet Set = Of(("slow", new(30)), ("mode", new("long only")), ("threshold", new(0.002)));

    [Fact]
    public void ToString_Values_AreInOrderOfNames() => Set.ToString().Should().Be("mode=long only; slow=30; threshold=0.002");

    [Fact]
    public void Values_Known_AreRead()
    {
        Set.Integer("slow").Should().Be(30);
        Set.Number("threshold").Should().Be(0.002);
        Set.Name("mode").Should().Be("long only");
    }

    [Fact]
    public void Equals_OtherOrder_IsTheSameSet()
    {
        var other = Of(("threshold", new(0.002)), ("mode", new("long only")), ("slow", new(30.0)));

        other.Should().Be(Set);
        other.GetHashCode().Should().Be(Set.GetHashCode());
        Of(("slow", new(31))).Should().NotBe(Of(("slow", new(30))));
        Of(("a", new(-0d))).Should().Be(Of(("a", new(0d))));
    }

    [Fact]
    public void Values_Wrong_SayWhatIsThere()
    {
        FluentActions.Invoking(() => Set.Number("fast")).Should().Throw<ArgumentException>().WithMessage("There is no parameter 'fast'; expected one of mode, slow, threshold.*");
        FluentActions.Invoking(() => Set.Number("mode")).Should().Throw<ArgumentException>().WithMessage("The parameter 'mode' is 'long only'; expected a number.*");
        FluentActions.Invoking(() => Set.Integer("threshold")).Should().Throw<ArgumentException>().WithMessage("The parameter 'threshold' is 0.002; expected a whole number.*");
        FluentActions.Invoking(() => Set.Name("slow")).Should().Throw<ArgumentException>().WithMessage("The parameter 'slow' is 30; expected a name.*");
    }

    [Fact]
    public void Constructor_NameTwice_Throws() =>
        FluentActions.Invoking(() => Of(("a", new(1)), ("a", new(2)))).Should().Throw<ArgumentException>().WithMessage("The parameter 'a' is given twice.*");

    [Theory]
    [InlineData("")]
    [InlineData(" a")]
    [InlineData("a;b")]
    [InlineData("a=b")]
    public void Value_NameThatCannotBeReadBack_Throws(string name) =>
        FluentActions.Invoking(() => new ParameterValue(name)).Should().Throw<ArgumentException>();

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(double.NegativeInfinity)]
    public void Value_NotANumber_Throws(double number) =>
        FluentActions.Invoking(() => new ParameterValue(number)).Should().Throw<ArgumentOutOfRangeException>().WithMessage("Expected a finite number.*");

    private static ParameterSet Of(params (string Name, ParameterValue Value)[] values) => new(values.Select(pair => KeyValuePair.Create(pair.Name, pair.Value)));
}
