using TradingBot.Prediction;
using TradingBot.Prediction.Evaluation;
using Xunit.Abstractions;

namespace TradingBot.Core.Tests.Prediction.Evaluation;

/// <summary>How often the verdict errs, measured on seeded series. The rates are printed.</summary>
public sealed class VerdictLevelTests(ITestOutputHelper output)
{
    private const int Series = 1000;

    private delegate double[] Forecaster(double[] closes, int seed);

    private static readonly Dictionary<string, Forecaster> Ignorant = new(StringComparer.Ordinal)
    {
        ["last close"] = Walks.LastClose,
        ["last close with noise"] = Walks.LastCloseWithNoise,
        ["last close with little noise"] = Walks.LastCloseWithLittleNoise,
        ["moving average"] = Walks.MovingAverage,
        ["smoothed"] = Walks.Smoothed,
        ["trend"] = Walks.Trend,
        ["reversion"] = Walks.Reversion,
        ["close before last"] = Walks.CloseBeforeLast,
    };

    [Theory]
    [InlineData("last close", ForecastVerdict.Echo)]
    [InlineData("last close with noise", ForecastVerdict.Echo)]
    [InlineData("last close with little noise", ForecastVerdict.Echo)]
    [InlineData("moving average", ForecastVerdict.Echo)]
    [InlineData("smoothed", ForecastVerdict.Echo)]
    [InlineData("trend", ForecastVerdict.Echo)]
    [InlineData("reversion", ForecastVerdict.Echo)]
    [InlineData("close before last", ForecastVerdict.Echo)]
    public void Verdict_EchoesOfRandomWalks_PassAsSkillAtMostAtTheStatedLevel(string forecaster, ForecastVerdict usual)
    {
        var verdicts = Verdicts(seed => Walks.Normal(seed, 500), Ignorant[forecaster], horizon: 1);

        verdicts[ForecastVerdict.Skill].Should().BeLessThanOrEqualTo((int)(ForecastReport.Level * Series));
        verdicts[usual].Should().BeGreaterThanOrEqualTo((int)((1 - ForecastReport.Level) * Series));
    }

    [Theory]
    [InlineData("last close with little noise")]
    [InlineData("trend")]
    [InlineData("reversion")]
    public void Verdict_WalksWithCalmAndWildSpells_PassAsSkillAtMostAtTheStatedLevel(string forecaster) =>
        Verdicts(seed => Walks.Garch(seed, 500), Ignorant[forecaster], horizon: 1)[ForecastVerdict.Skill]
            .Should().BeLessThanOrEqualTo((int)(ForecastReport.Level * Series));

    [Theory]
    [InlineData("last close with little noise", 5, 500)]
    [InlineData("trend", 5, 500)]
    [InlineData("trend", 3, 100)]
    [InlineData("reversion", 10, 500)]
    [InlineData("reversion", 10, 311)]
    [InlineData("last close with little noise", 10, 311)]
    [InlineData("reversion", 24, 745)]
    [InlineData("last close with little noise", 24, 745)]
    [InlineData("moving average", 5, 500)]
    public void Verdict_OverlappingHorizons_PassAsSkillAtMostAtTheStatedLevel(string forecaster, int horizon, int count) =>
        Verdicts(seed => Walks.Normal(seed, count), Ignorant[forecaster], horizon)[ForecastVerdict.Skill]
            .Should().BeLessThanOrEqualTo((int)(ForecastReport.Level * Series));

    [Theory]
    [InlineData("trend", 40)]
    [InlineData("reversion", 60)]
    public void Verdict_ShortWalks_PassAsSkillAtMostAtTheStatedLevel(string forecaster, int count) =>
        Verdicts(seed => Walks.Normal(seed, count), Ignorant[forecaster], horizon: 1)[ForecastVerdict.Skill]
            .Should().BeLessThanOrEqualTo((int)(ForecastReport.Level * Series));

    // 4 % of the variance can be forecast. The statistic is 3.2 in expectation and must exceed 1.96, so about nine in ten are found.
    [Theory]
    [InlineData(0.2, 1000, 0.85)]
    [InlineData(0.3, 1000, 0.99)]
    public void Verdict_PlantedAutoregression_IsFoundWithTheStatedPower(double weight, int count, double power) =>
        Verdicts(
            seed => Walks.Autoregressive(seed, count, weight),
            (closes, _) => Walks.Forecasts(closes, known => known.Length < 2 ? known.Span[^1] : known.Span[^1] * Math.Pow(known.Span[^1] / known.Span[^2], weight)),
            horizon: 1)[ForecastVerdict.Skill].Should().BeGreaterThanOrEqualTo((int)(power * Series));

    private Dictionary<ForecastVerdict, int> Verdicts(Func<int, double[]> closesOf, Forecaster forecaster, int horizon)
    {
        var counts = Enum.GetValues<ForecastVerdict>().ToDictionary(verdict => verdict, _ => 0);
        for (var seed = 0; seed < Series; seed++)
        {
            var closes = closesOf(seed);
            counts[ForecastReport.Evaluate(closes, forecaster(closes, seed), horizon).Verdict]++;
        }

        output.WriteLine($"Seeds 0 to {Series - 1}: {string.Join(", ", counts.Select(count => $"{count.Key} {count.Value}"))}");
        return counts;
    }
}
