namespace TradingBot.Trading;

/// <summary>Keeps what the limits remember, so that a tripped limit outlives the process.</summary>
public interface IRiskStore
{
    /// <summary>Reads the state of a bot; <see cref="RiskState.Initial"/> when there is none yet.</summary>
    /// <exception cref="IOException">The state exists but cannot be read; trading on a forgotten limit would be worse than stopping.</exception>
    Task<RiskState> LoadAsync(string botId, CancellationToken cancellationToken = default);

    /// <summary>Writes the state of a bot.</summary>
    /// <exception cref="IOException">The state cannot be written.</exception>
    Task SaveAsync(string botId, RiskState state, CancellationToken cancellationToken = default);
}
