using TradingBot.Prediction.Evaluation;

namespace TradingBot.Core.Tests.Prediction.Evaluation;

public sealed class MinMaxRmseTests
{
    [Fact]
    public void OnOneScale_KnownNumbers_DividesByTheRangeOfWhatCame() =>
        MinMaxRmse.OnOneScale([12, 14, 22], [10, 15, 20]).Should().BeApproximately(Math.Sqrt((4 + 1 + 4) / 3d) / 10, 1e-12);

    [Fact]
    public void OnSeparateScales_KnownNumbers_RescalesEachByItsOwnExtremes() =>
        MinMaxRmse.OnSeparateScales([12, 14, 22], [10, 15, 20]).Should().BeApproximately(Math.Sqrt(Math.Pow(0.2 - 0.5, 2) / 3), 1e-12);

    [Fact]
    public void OnSeparateScales_HalfOfThePrice_LooksPerfect()
    {
        double[] actuals = [10, 15, 20];
        double[] halves = [5, 7.5, 10];

        MinMaxRmse.OnSeparateScales(halves, actuals).Should().BeApproximately(0, 1e-15);
        MinMaxRmse.OnOneScale(halves, actuals).Should().BeApproximately(Math.Sqrt((25 + 56.25 + 100) / 3) / 10, 1e-12);
    }

    [Fact]
    public void Compute_NoRange_IsNull()
    {
        MinMaxRmse.OnOneScale([1, 2], [3, 3]).Should().BeNull();
        MinMaxRmse.OnSeparateScales([2, 2], [3, 4]).Should().BeNull();
    }

    [Fact]
    public void Compute_LengthsThatDiffer_Throw()
    {
        var one = () => MinMaxRmse.OnOneScale([1, 2], [3]);
        var separate = () => MinMaxRmse.OnSeparateScales([], []);

        one.Should().Throw<ArgumentException>().WithMessage("*found 2 and 1*");
        separate.Should().Throw<ArgumentException>().WithMessage("*found 0 and 0*");
    }
}
