using MathNet.Numerics.Distributions;
using MathNet.Numerics.Random;
using TradingBot.Training.Models;

namespace TradingBot.Training.Tests.Models;

public sealed class ArimaModelTests
{
    // Asymptotic standard errors of an ARMA(1,1), Box and Jenkins (1970): with a = 0.6 and m = 0.4 at n = 5,000 about 0.015 and 0.017; four of them are allowed.
    [Fact]
    public void Fit_SimulatedArma_RecoversItsCoefficients()
    {
        var model = ArimaModel.Fit(Arma(1, 5_000, 0, [0.6], [0.4], 2), new ArimaOrder(1, 0, 1), constant: false);

        model.Autoregressive.Should().ContainSingle().Which.Should().BeApproximately(0.6, 0.06);
        model.MovingAverage.Should().ContainSingle().Which.Should().BeApproximately(0.4, 0.07);
        model.ResidualDeviation.Should().BeApproximately(2, 0.08);
        model.Constant.Should().Be(0);
        model.Samples.Should().Be(4_999);
    }

    [Fact]
    public void Fit_SecondOrders_RecoversItsCoefficients()
    {
        var model = ArimaModel.Fit(Arma(2, 20_000, 0.5, [0.5, -0.3], [-0.4, 0.2], 0.01), new ArimaOrder(2, 0, 2));

        model.Autoregressive.Should().Equal([0.5, -0.3], (found, expected) => Math.Abs(found - expected) < 0.12);
        model.MovingAverage.Should().Equal([-0.4, 0.2], (found, expected) => Math.Abs(found - expected) < 0.12);
        (model.Constant / (1 - model.Autoregressive.Sum())).Should().BeApproximately(0.5 / 0.8, 0.001);
        model.ResidualDeviation.Should().BeApproximately(0.01, 0.0002);
    }

    [Theory]
    [InlineData(0.7)]
    [InlineData(-0.7)]
    public void Fit_MovingAverageOfOneDifference_RecoversItsWeight(double weight)
    {
        var model = ArimaModel.Fit(Sums(Arma(3, 4_000, 0, [], [weight], 1)), new ArimaOrder(0, 1, 1));

        model.MovingAverage[0].Should().BeApproximately(weight, 4 * Math.Sqrt((1 - (weight * weight)) / 4_000));
    }

    [Fact]
    public void Fit_PureAutoregression_IsTheRegression()
    {
        // Without a moving average the residuals are those of ordinary least squares: values 1, 2, 4, 8.1 on the one before give (2 + 8 + 32.4) / 21.
        ArimaModel.Fit([1, 2, 4, 8.1], new ArimaOrder(1, 0, 0), constant: false).Autoregressive[0].Should().BeApproximately(42.4 / 21, 1e-12);
    }

    [Fact]
    public void Fit_MovingAverage_IsAMinimumOfTheSumOfSquares()
    {
        var values = Arma(4, 400, 0, [0.3], [0.5], 1);
        var model = ArimaModel.Fit(values, new ArimaOrder(1, 0, 1), constant: false);
        var least = SumOfSquares(values, model.Autoregressive[0], model.MovingAverage[0]);

        foreach (var (a, m) in new[] { (1e-3, 0d), (-1e-3, 0d), (0d, 1e-3), (0d, -1e-3), (1e-3, -1e-3), (-1e-3, 1e-3) })
        {
            SumOfSquares(values, model.Autoregressive[0] + a, model.MovingAverage[0] + m).Should().BeGreaterThan(least);
        }

        (model.ResidualDeviation * model.ResidualDeviation * (399 - 2)).Should().BeApproximately(least, 1e-9 * least);
    }

    [Fact]
    public void Fit_TheOrderOfThePaper_BeatsAWalkOnItsOwnData()
    {
        var differences = Arma(5, 1_500, 0, [0.4, 0, 0, 0, 0, 0.2], [0.3, 0, 0, 0, 0, -0.3], 0.02);
        var deviation = Math.Sqrt(differences.Sum(value => value * value) / differences.Length);

        var model = ArimaModel.Fit(Sums(differences), new ArimaOrder(6, 1, 6));

        model.ResidualDeviation.Should().BeInRange(0.019, 0.021).And.BeLessThan(0.8 * deviation);
        model.MovingAverageRadius.Should().BeLessThan(1);
    }

    [Fact]
    public void Forecast_FirstOrders_FollowsTheFormula()
    {
        var model = ArimaModel.Fit(Arma(6, 500, 0.2, [0.6], [0.4], 1), new ArimaOrder(1, 0, 1));
        var (c, a, m) = (model.Constant, model.Autoregressive[0], model.MovingAverage[0]);
        var first = 2 - c - (a * 1.5);
        var second = 0.7 - c - (a * 2) - (m * first);
        var next = c + (a * 0.7) + (m * second);

        model.Forecast([1.5, 2, 0.7], 3).Should().Equal([next, c + (a * next), c + (a * (c + (a * next)))], (x, y) => Math.Abs(x - y) < 1e-12);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void Forecast_Differenced_AddsUpAgain(int d)
    {
        var values = Arma(7, 300, 0, [0.5], [0.2], 1);
        for (var i = 0; i < d; i++)
        {
            values = Sums(values);
        }

        var model = ArimaModel.Fit(values, new ArimaOrder(1, d, 1));
        var differences = values;
        for (var i = 0; i < d; i++)
        {
            differences = [.. differences.Zip(differences.Skip(1), (before, now) => now - before)];
        }

        var ahead = ArimaModel.Fit(differences, new ArimaOrder(1, 0, 1), constant: false).Forecast(differences, 3);
        var slope = values[^1] - values[^2];
        var level = values[^1];
        var expected = ahead.Select(difference => level += d == 1 ? difference : slope += difference).ToArray();

        model.Forecast(values, 3).Should().Equal(expected, (x, y) => Math.Abs(x - y) < 1e-8 * Math.Max(1, Math.Abs(y)));
    }

    [Fact]
    public void RollingForecasts_EveryPlace_EqualsAForecastFromThere()
    {
        var values = Sums(Arma(8, 200, 0, [0.5], [0.3, 0.2], 1));
        var model = ArimaModel.Fit(values.AsSpan(0, 100), new ArimaOrder(1, 1, 2));

        var rolling = model.RollingForecasts(values, 120, 4);

        rolling.Should().HaveCount(81);
        for (var i = 0; i < rolling.Count; i++)
        {
            rolling[i].Should().Equal(model.Forecast(values.AsSpan(0, 121 + i), 4));
        }
    }

    [Fact]
    public void Fit_Twice_GivesTheSameNumbers()
    {
        var values = Sums(Arma(9, 500, 0, [0.2], [0.3], 1));
        var (one, two) = (ArimaModel.Fit(values, new ArimaOrder(6, 1, 6)), ArimaModel.Fit(values, new ArimaOrder(6, 1, 6)));

        two.Autoregressive.Should().Equal(one.Autoregressive);
        two.MovingAverage.Should().Equal(one.MovingAverage);
    }

    [Fact]
    public void Fit_NaN_SaysWhere()
    {
        var fit = () => ArimaModel.Fit([1, 2, double.NaN], new ArimaOrder(1, 0, 0));

        fit.Should().Throw<TrainingException>().WithMessage("An ARIMA is fitted to finite values; found NaN at 2.");
    }

    [Fact]
    public void Fit_TooFewValues_SaysHowManyAreNeeded()
    {
        var fit = () => ArimaModel.Fit(new double[31], new ArimaOrder(6, 1, 6));

        fit.Should().Throw<TrainingException>().WithMessage("An ARIMA(6,1,6) needs 32 values to be fitted, found 31.");
    }

    [Fact]
    public void Fit_ConstantSeries_SaysSo()
    {
        var fit = () => ArimaModel.Fit([.. Enumerable.Repeat(100d, 60)], new ArimaOrder(1, 1, 1));

        fit.Should().Throw<TrainingException>().WithMessage("The 59 values, differenced, are all 0: they do not determine an ARMA(1,1).");
    }

    [Fact]
    public void Fit_ValuesThatFollowExactly_SaysSo()
    {
        var fit = () => ArimaModel.Fit([.. Enumerable.Range(0, 200).Select(i => 3d * i)], new ArimaOrder(2, 1, 0));

        fit.Should().Throw<TrainingException>().WithMessage("*do not determine 2 parameters*");
    }

    [Theory]
    [InlineData(-1, 0, 0)]
    [InlineData(0, 3, 0)]
    [InlineData(0, 0, 51)]
    public void Order_OutsideItsRange_Throws(int p, int d, int q)
    {
        var create = () => new ArimaOrder(p, d, q);

        create.Should().Throw<ArgumentOutOfRangeException>();
    }

    [Fact]
    public void Forecast_TooFewValues_Throws()
    {
        var model = ArimaModel.Fit(Arma(10, 100, 0, [0.5], [], 1), new ArimaOrder(1, 0, 0));

        model.Invoking(it => it.Forecast([1], 1)).Should().Throw<ArgumentException>().WithMessage("An ARIMA(1,0,0) forecasts from more than 1 values, found 1.");
        model.Invoking(it => it.Forecast([1, 2], 0)).Should().Throw<ArgumentOutOfRangeException>();
    }

    internal static double[] Arma(int seed, int count, double constant, double[] autoregressive, double[] movingAverage, double deviation)
    {
        const int Warmup = 200;
        var random = new MersenneTwister(seed);
        var (values, residuals) = (new double[count + Warmup], new double[count + Warmup]);
        for (var t = 0; t < values.Length; t++)
        {
            residuals[t] = Normal.Sample(random, 0, deviation);
            values[t] = constant + residuals[t]
                + autoregressive.Select((weight, i) => t > i ? weight * values[t - i - 1] : 0).Sum()
                + movingAverage.Select((weight, i) => t > i ? weight * residuals[t - i - 1] : 0).Sum();
        }

        return values[Warmup..];
    }

    internal static double[] Sums(double[] differences)
    {
        var sum = 0d;
        return [0, .. differences.Select(difference => sum += difference)];
    }

    private static double SumOfSquares(double[] values, double a, double m)
    {
        var (before, sum) = (0d, 0d);
        for (var t = 1; t < values.Length; t++)
        {
            before = values[t] - (a * values[t - 1]) - (m * before);
            sum += before * before;
        }

        return sum;
    }
}
