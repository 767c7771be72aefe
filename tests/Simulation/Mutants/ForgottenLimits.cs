using System.Runtime.CompilerServices;
using TradingBot.Tests.Simulation.Worlds;
using TradingBot.Trading;

namespace TradingBot.Tests.Simulation.Mutants;

/// <summary>Keeps what the limits remember in the process, where it dies with it.</summary>
internal sealed class ForgottenLimits : Mutant
{
    private readonly ConditionalWeakTable<Process, object> _kept = [];

    public override Task<RiskState> LoadAsync(Process process, string botId, CancellationToken cancellationToken) =>
        Task.FromResult(_kept.TryGetValue(process, out var kept) ? (RiskState)kept : RiskState.Initial);

    public override Task SaveAsync(Process process, string botId, RiskState state, CancellationToken cancellationToken)
    {
        _kept.AddOrUpdate(process, state);
        return Task.CompletedTask;
    }
}
