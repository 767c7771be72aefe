using Microsoft.Extensions.Diagnostics.HealthChecks;
using TradingBot.Prediction;
using TradingBot.Trading;

namespace TradingBot.Monitoring.Tests;

public sealed class HealthQuestionsTests
{
    private static readonly DateTimeOffset Now = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(10);

    public static TheoryData<int?, int, HealthStatus> Cycles => new()
    {
        { null, 0, HealthStatus.Degraded },
        { null, 3, HealthStatus.Unhealthy },
        { 10, 0, HealthStatus.Healthy },
        { 10, 1, HealthStatus.Degraded },
        { 11, 0, HealthStatus.Unhealthy },
    };

    [Theory]
    [MemberData(nameof(Cycles))]
    public void Cycle_LastOneSoLongAgo_IsJudgedByAgeAndFailures(int? minutesAgo, int failed, HealthStatus expected) =>
        HealthQuestions.Cycle(new TraderHealth { LastCycleAt = Ago(minutesAgo), FailedCycles = failed }, Now, Limit).Status.Should().Be(expected);

    [Theory]
    [InlineData(null, HealthStatus.Degraded)]
    [InlineData(10, HealthStatus.Healthy)]
    [InlineData(11, HealthStatus.Unhealthy)]
    public void Data_LastBarSoLongAgo_IsJudgedByAge(int? minutesAgo, HealthStatus expected) =>
        HealthQuestions.Data(new TraderHealth { LastBarCloseTime = Ago(minutesAgo) }, Now, Limit).Status.Should().Be(expected);

    [Theory]
    [InlineData(null, HealthStatus.Healthy)]
    [InlineData(10, HealthStatus.Healthy)]
    [InlineData(11, HealthStatus.Unhealthy)]
    [InlineData(-11, HealthStatus.Unhealthy)]
    public void Clock_OffsetEitherWay_IsJudgedBySize(int? minutes, HealthStatus expected) =>
        HealthQuestions.Clock(new TraderHealth { ClockOffset = minutes is { } m ? TimeSpan.FromMinutes(m) : null }, Limit).Status.Should().Be(expected);

    [Theory]
    [InlineData(null, HealthStatus.Healthy)]
    [InlineData(10, HealthStatus.Degraded)]
    [InlineData(11, HealthStatus.Unhealthy)]
    public void Protection_MissingSince_IsJudgedByAge(int? minutesAgo, HealthStatus expected) =>
        HealthQuestions.Protection(new TraderHealth { UnprotectedSince = Ago(minutesAgo) }, Now, Limit).Status.Should().Be(expected);

    [Theory]
    [InlineData(RiskLimit.None, HealthStatus.Healthy)]
    [InlineData(RiskLimit.DailyLoss, HealthStatus.Unhealthy)]
    [InlineData(RiskLimit.Drawdown, HealthStatus.Unhealthy)]
    public void Limits_Tripped_IsUnhealthy(RiskLimit tripped, HealthStatus expected) =>
        HealthQuestions.Limits(new TraderHealth { Tripped = tripped }).Status.Should().Be(expected);

    [Theory]
    [InlineData(ForecastVerdict.Skill, HealthStatus.Healthy)]
    [InlineData(ForecastVerdict.Echo, HealthStatus.Degraded)]
    [InlineData(ForecastVerdict.NoSkill, HealthStatus.Degraded)]
    [InlineData(null, HealthStatus.Degraded)]
    public void Model_EachVerdict_IsHealthyOnlyWithSkill(ForecastVerdict? verdict, HealthStatus expected) =>
        HealthQuestions.Model(new TraderHealth { Verdict = verdict }).Status.Should().Be(expected);

    private static DateTimeOffset? Ago(int? minutes) => minutes is { } m ? Now - TimeSpan.FromMinutes(m) : null;
}
