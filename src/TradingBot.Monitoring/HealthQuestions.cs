using System.Globalization;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using TradingBot.Prediction;
using TradingBot.Trading;

namespace TradingBot.Monitoring;

/// <summary>The questions that tell whether a bot fares well. Each is a pure function of what is known and the time.</summary>
internal static class HealthQuestions
{
    public static HealthCheckResult Cycle(TraderHealth health, DateTimeOffset now, TimeSpan maxAge) => health switch
    {
        { LastCycleAt: null, FailedCycles: 0 } => HealthCheckResult.Degraded("No cycle has run yet."),
        { LastCycleAt: null } => HealthCheckResult.Unhealthy(Text($"None of {health.FailedCycles} cycles succeeded.")),
        { LastCycleAt: { } last } when now - last > maxAge => HealthCheckResult.Unhealthy(
            Text($"The last good cycle ended {now - last} ago, {health.FailedCycles} failed since; expected at most {maxAge}.")),
        { FailedCycles: > 0 } => HealthCheckResult.Degraded(Text($"{health.FailedCycles} cycles failed since the last good one.")),
        { LastCycleAt: { } last } => HealthCheckResult.Healthy(Text($"The last cycle ended {now - last} ago.")),
    };

    public static HealthCheckResult Data(TraderHealth health, DateTimeOffset now, TimeSpan maxAge) => health.LastBarCloseTime switch
    {
        null => HealthCheckResult.Degraded("No bar has been seen yet."),
        { } close when now - close > maxAge => HealthCheckResult.Unhealthy(Text($"The last bar closed {now - close} ago; expected at most {maxAge}.")),
        { } close => HealthCheckResult.Healthy(Text($"The last bar closed {now - close} ago.")),
    };

    public static HealthCheckResult Clock(TraderHealth health, TimeSpan maxOffset) => health.ClockOffset switch
    {
        null => HealthCheckResult.Healthy("The exchange's clock was not read yet."),
        { } offset when offset.Duration() > maxOffset => HealthCheckResult.Unhealthy(
            Text($"The exchange's clock is {offset} ahead of the host's; expected at most {maxOffset} either way.")),
        { } offset => HealthCheckResult.Healthy(Text($"The exchange's clock is {offset} ahead of the host's.")),
    };

    public static HealthCheckResult Protection(TraderHealth health, DateTimeOffset now, TimeSpan maxUnprotected) => health.UnprotectedSince switch
    {
        null => HealthCheckResult.Healthy("Nothing is held without the stop that it should have."),
        { } since when now - since > maxUnprotected => HealthCheckResult.Unhealthy(
            Text($"A position has been held without its stop for {(now - since).TotalSeconds:0} seconds; expected at most {maxUnprotected.TotalSeconds:0}.")),
        { } since => HealthCheckResult.Degraded(Text($"A position has been held without its stop for {(now - since).TotalSeconds:0} seconds.")),
    };

    public static HealthCheckResult Limits(TraderHealth health) => health.Tripped == RiskLimit.None
        ? HealthCheckResult.Healthy("No limit has tripped.")
        : HealthCheckResult.Unhealthy(Text($"The limit {health.Tripped} has stopped trading."));

    public static HealthCheckResult Model(TraderHealth health) => health.Verdict switch
    {
        ForecastVerdict.Skill => HealthCheckResult.Healthy("The model was found to have skill."),
        null => HealthCheckResult.Degraded("The model was not evaluated."),
        { } verdict => HealthCheckResult.Degraded(Text($"The model was found to be {verdict}.")),
    };

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
