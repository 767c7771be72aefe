namespace TradingBot.Training.Tests;

public sealed class TrainingDataTests
{
    [Fact]
    public void Sample_Index_IsTheWindowAndItsTargets()
    {
        var data = new TrainingData([1, 2, 3, 4, 5, 6, 7, 8], [10, 20], 2, 2, 1);

        data.Count.Should().Be(2);
        data.Sample(1).ToArray().Should().Equal(5, 6, 7, 8);
        data.Target(1).ToArray().Should().Equal(20);
    }

    [Theory]
    [InlineData(0, 0)]
    [InlineData(3, 1)]
    [InlineData(4, 3)]
    public void Constructor_LengthsThatDoNotFit_Throws(int samples, int targets)
    {
        var create = () => new TrainingData(new float[samples], new float[targets], 2, 2, 2);

        create.Should().Throw<ArgumentException>().WithMessage($"*2 x 2 elements with 2 target(s) each, found {samples} elements and {targets} target(s).");
    }

    [Fact]
    public void Constructor_NotANumber_SaysWhere()
    {
        var create = () => new TrainingData([1, float.NaN], [1, 2], 1, 1, 1);

        create.Should().Throw<ArgumentException>().WithMessage("*found NaN at 1*").WithParameterName("samples");
    }
}
