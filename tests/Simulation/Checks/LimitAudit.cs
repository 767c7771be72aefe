using TradingBot.Tests.Simulation.Worlds;
using TradingBot.Trading;

namespace TradingBot.Tests.Simulation.Checks;

/// <summary>A limit that has tripped stays tripped: nothing is entered any more.</summary>
internal sealed class LimitAudit(Auditor auditor, World world)
{
    private readonly TradeSettings? _limits = world.Settings.MaxDrawdown is { } drawdown ? new TradeSettings { SymbolInfo = Arena.Info, MaxDrawdown = drawdown } : null;
    private RiskState _seen;

    public bool HasTripped => _seen.IsTripped;

    public void OnAccepted(OrderRequest order) =>
        auditor.Require(!HasTripped || order.ReduceOnly || order.ClosePosition, $"{order.ClientOrderId} was sent after the drawdown limit had tripped.");

    // Reckoned from the cycles that ended, a part of those that the bot has seen: it must have tripped no later.
    public void OnCycleEnded(CycleResult result)
    {
        if (_limits is null || result is not { Account: { } account, BarOpenTime: { } openTime })
        {
            return;
        }

        var close = (decimal)world.Path.Bars.Closes[Arena.BarAt(openTime)];
        _seen = _seen.Observe(account.Balance + account.Position.ProfitAt(close), openTime, openTime.AddMilliseconds(Arena.BarLength), _limits);
    }
}
