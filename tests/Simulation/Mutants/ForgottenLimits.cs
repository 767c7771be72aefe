using TradingBot.Tests.Simulation.Worlds;
using TradingBot.Trading;

namespace TradingBot.Tests.Simulation.Mutants;

/// <summary>Forgets with the process that a limit has tripped, and measures the limits anew in the next one.</summary>
internal sealed class ForgottenLimits : Mutant
{
    private readonly HashSet<Process> _known = [];

    public override async Task<RiskState> LoadAsync(Process process, string botId, CancellationToken cancellationToken)
    {
        var risk = await process.Wire.LoadAsync(botId, cancellationToken);
        return _known.Add(process)
            ? risk with { Tripped = RiskLimit.None, TrippedAt = null, PeakEquity = risk.LastEquity, DayStartEquity = risk.LastEquity }
            : risk;
    }
}
