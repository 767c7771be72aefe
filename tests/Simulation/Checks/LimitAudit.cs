using TradingBot.Tests.Simulation.Worlds;
using TradingBot.Trading;

namespace TradingBot.Tests.Simulation.Checks;

/// <summary>A limit that has tripped stays tripped: once the bot has said so, nothing is entered any more.</summary>
internal sealed class LimitAudit(Auditor auditor, World world)
{
    // Another host may have read everything a moment before, and may still send what it decided then.
    private readonly long _grace = (long)world.Bot.Options.MaxDecisionAge.TotalMilliseconds + Arena.ReceiveWindow;
    private long _trippedAt = long.MaxValue;

    public void OnAccepted(OrderRequest order) => auditor.Require(
        order.ReduceOnly || order.ClosePosition || _trippedAt == long.MaxValue || world.Now < _trippedAt + _grace,
        $"{order.ClientOrderId} was sent after the bot had said that a limit has tripped.");

    public void OnCycleEnded(CycleResult result)
    {
        if (_trippedAt == long.MaxValue && result.Decision.Reason?.EndsWith("limit has tripped", StringComparison.Ordinal) == true)
        {
            _trippedAt = world.Now;
        }
    }
}
