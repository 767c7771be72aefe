using TradingBot.Training.Networks;

namespace TradingBot.Training.Tests.Networks;

public sealed class ParameterInitializationTests
{
    [Fact]
    public void Fill_GlorotUniform_HasItsLimitsAndVariance()
    {
        var weights = Filled(ParameterInitialization.GlorotUniform(30, 20), 60_000);

        var limit = Math.Sqrt(6d / 50);
        weights.Min().Should().BeInRange((float)-limit, (float)(-limit * 0.99));
        weights.Max().Should().BeInRange((float)(limit * 0.99), (float)limit);
        weights.Average().Should().BeApproximately(0, 0.005f);
        weights.Average(weight => (double)weight * weight).Should().BeApproximately(2d / 50, 0.001);
    }

    [Theory]
    [InlineData(5, 3)]
    [InlineData(3, 5)]
    [InlineData(4, 4)]
    public void Fill_Orthogonal_HasOrthonormalRowsOrColumns(int rows, int columns)
    {
        var matrix = Filled(ParameterInitialization.Orthogonal(rows, columns), rows * columns);

        var (count, length) = (Math.Min(rows, columns), Math.Max(rows, columns));
        for (var i = 0; i < count; i++)
        {
            for (var j = 0; j < count; j++)
            {
                Enumerable.Range(0, length).Sum(k => (double)At(i, k) * At(j, k)).Should().BeApproximately(i == j ? 1 : 0, 1e-6);
            }
        }

        float At(int vector, int element) => rows <= columns ? matrix[(vector * columns) + element] : matrix[(element * columns) + vector];
    }

    [Fact]
    public void Fill_OnesAt_LeavesTheOthersAtZero() => Filled(ParameterInitialization.OnesAt(1, 2), 4).Should().Equal(0, 1, 1, 0);

    [Fact]
    public void Fill_ZerosAndOnes_AreWhatTheySay()
    {
        Filled(ParameterInitialization.Zeros, 2).Should().Equal(0, 0);
        Filled(ParameterInitialization.Ones, 2).Should().Equal(1, 1);
    }

    private static float[] Filled(ParameterInitialization initialization, int count)
    {
        var parameters = new float[count];
        Array.Fill(parameters, float.NaN);
        initialization.Fill(parameters, new Random(11));
        return parameters;
    }
}
