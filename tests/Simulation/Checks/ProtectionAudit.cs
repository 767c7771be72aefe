using TradingBot.Tests.Simulation.Worlds;
using TradingBot.Trading;

namespace TradingBot.Tests.Simulation.Checks;

/// <summary>With a stop loss set, nothing is held without its stop for longer than the bot's policy allows, while the exchange can be reached.</summary>
internal sealed class ProtectionAudit(Auditor auditor, World world)
{
    // What the messages to and fro may take on top.
    private const long OnTheWay = 3_000;
    private readonly decimal? _loss = world.Settings.StopLoss;
    // A stop may arrive a moment after its position was closed, or its entry canceled, by something else.
    private const long Overlap = 60_000;
    private readonly long[] _placedAt = Enumerable.Repeat(-1L, world.Settings.Hosts).ToArray();
    private long _bareSince = -1;
    private bool _hadReason;
    private long _reasonSeen = long.MinValue / 2;

    /// <summary>Looks at the exchange after something has changed there.</summary>
    public void Inspect()
    {
        if (_loss is null)
        {
            return;
        }

        var isFlat = world.Venue.Position.IsFlat;
        var hasReason = !isFlat || world.Venue.OpenOrders.Any(static waiting => waiting.Request.Type == OrderType.Limit);
        _reasonSeen = hasReason || _hadReason ? world.Now : _reasonSeen;
        _hadReason = hasReason;
        var isBare = !isFlat && CountStops() == 0;
        _bareSince = !isBare ? -1 : _bareSince < 0 ? world.Now : _bareSince;
    }

    public void OnAccepted(Process process, OrderRequest order)
    {
        if (order.Type != OrderType.StopMarket)
        {
            return;
        }

        _placedAt[process.Host.Number] = world.Now;
        auditor.Require(_hadReason || world.Now - _reasonSeen < Overlap, $"The stop {order.ClientOrderId} was sent although nothing was held and no entry waited.");
    }

    /// <summary>Tells whether each host has placed a stop since an instant.</summary>
    public bool HasEveryHostPlacedOneSince(long instant) => Array.TrueForAll(_placedAt, placed => placed >= instant);

    /// <summary>Looks at the time.</summary>
    public void OnTime()
    {
        if (_bareSince < 0)
        {
            return;
        }

        var bare = world.Now - Math.Max(_bareSince, world.SoundSince);
        var most = world.Bot.LongestUnprotected + OnTheWay;
        auditor.Require(bare <= most, $"The position of {world.Venue.Position} has had no stop for {bare} ms, allowed are {most} ms.");
    }

    /// <summary>Counts the stops that would close the whole position at the loss that is set.</summary>
    public int CountStops()
    {
        var position = world.Venue.Position;
        if (_loss is not { } loss || position.IsFlat)
        {
            return 0;
        }

        var level = position.EntryPrice * (position.IsLong ? 1 - loss : 1 + loss);
        var count = 0;
        foreach (var order in world.Venue.OpenOrders)
        {
            var request = order.Request;
            var isStop = request.Type == OrderType.StopMarket && request.Side == position.ClosingSide
                && Math.Abs(request.TriggerPrice!.Value - level) <= 2 * Arena.Info.TickSize
                && (request.ClosePosition || (request.ReduceOnly && request.Quantity >= Math.Abs(position.Quantity)));
            count += isStop ? 1 : 0;
        }

        return count;
    }
}
