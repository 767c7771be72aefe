using System.Collections.Concurrent;

namespace TradingBot.Trading;

/// <summary>Keeps what the limits remember for as long as the process lives. For tests and replays; live hosts use <see cref="FileRiskStore"/> or their own.</summary>
public sealed class InMemoryRiskStore : IRiskStore
{
    private readonly ConcurrentDictionary<string, RiskState> _states = new(StringComparer.Ordinal);

    /// <inheritdoc/>
    public Task<RiskState> LoadAsync(string botId, CancellationToken cancellationToken = default) =>
        Task.FromResult(_states.GetValueOrDefault(botId));

    /// <inheritdoc/>
    public Task SaveAsync(string botId, RiskState state, CancellationToken cancellationToken = default)
    {
        _states[botId] = state;
        return Task.CompletedTask;
    }
}
