using TradingBot.Statistics;

namespace TradingBot.Core.Tests.Statistics;

public sealed class EquityReturnsTests
{
    [Fact]
    public void Compute_Values_FirstReturnIsFromTheStart() => EquityReturns.Compute(100, [110, 99]).Should().Equal(110d / 100 - 1, 99d / 110 - 1);

    [Fact]
    public void Compute_NoValues_IsEmpty() => EquityReturns.Compute(100, []).Should().BeEmpty();

    [Fact]
    public void Compute_FellToZero_IsNullUnlessAtTheEnd()
    {
        EquityReturns.Compute(100, [0, 0]).Should().BeNull();
        EquityReturns.Compute(100, [50, 0]).Should().Equal(-0.5, -1);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    public void Compute_BadStart_Throws(double start) =>
        FluentActions.Invoking(() => EquityReturns.Compute(start, [1])).Should().Throw<ArgumentOutOfRangeException>().WithMessage("Expected a finite start value above 0.*");

    [Fact]
    public void Compute_BadValue_SaysWhere() =>
        FluentActions.Invoking(() => EquityReturns.Compute(1, [1, double.NaN])).Should().Throw<ArgumentException>().WithMessage("Expected finite values, found NaN at index 1.*");
}
