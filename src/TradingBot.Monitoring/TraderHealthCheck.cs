using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace TradingBot.Monitoring;

/// <summary>Asks one question of the trader's health.</summary>
internal sealed class TraderHealthCheck(TraderHealthMonitor monitor, Func<TraderHealth, HealthCheckResult> ask) : IHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) =>
        Task.FromResult(ask(monitor.Current));
}
