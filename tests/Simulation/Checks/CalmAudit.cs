using TradingBot.Market;
using TradingBot.Tests.Simulation.Worlds;
using TradingBot.Trading;

namespace TradingBot.Tests.Simulation.Checks;

/// <summary>Two cycles after the last trouble the bot holds what it would hold if there had been none.</summary>
internal sealed class CalmAudit(Auditor auditor, World world, EntryAudit entryAudit, ProtectionAudit protection)
{
    private const int CyclesNeeded = 2;
    private bool _hadTripped;
    private int _barredBar = -1;

    public int Checks { get; private set; }

    public void OnCycleEnded(Process process, CycleResult result)
    {
        // A cycle without a bar halted before it looked at one.
        var bar = result.BarOpenTime is { } openTime ? Arena.BarAt(openTime) : Arena.LatestClosed(world.Now);
        _barredBar = IsRightlyBarred(process, result) ? bar : _barredBar;
        var cycles = int.MaxValue;
        foreach (var host in world.Hosts)
        {
            cycles = Math.Min(cycles, host.CalmCycles);
            if (host != process.Host && !host.IsIdle)
            {
                return;
            }
        }

        if (cycles < CyclesNeeded || bar != Arena.LatestClosed(world.Now))
        {
            return;
        }

        Checks++;
        Check(process, bar, result);
        world.Troubles.OnCalm(world, cycles);
    }

    private void Check(Process process, int bar, CycleResult result)
    {
        var position = world.Venue.Position;
        auditor.Require(Math.Abs(position.Quantity) <= entryAudit.Intended, $"After {CyclesNeeded} calm cycles the position is {position}, intended are at most {entryAudit.Intended}.");
        CheckStops(process, position);
        var hasTripped = world.StoredRisk(process.Host).IsTripped;
        // A limit that trips is a wish like any other: it has until the next cycle.
        var wish = _hadTripped ? Wish.Flat : hasTripped ? Wish.Anything : world.Bot.Strategy.WishAt(bar);
        _hadTripped = hasTripped;
        var entries = world.Venue.OpenOrders.Count(order => !order.Request.ReduceOnly && !order.Request.ClosePosition);
        var current = world.Bot.Ids.For(Arena.At(bar * Arena.BarLength), OrderLeg.Entry);
        auditor.Require(
            world.Venue.OpenOrders.All(order => order.Request.ReduceOnly || order.Request.ClosePosition || order.ClientOrderId == current),
            $"After {CyclesNeeded} calm cycles an order of an earlier bar is open: {string.Join(", ", world.Venue.OpenOrders.Select(TraceText.Of))}.");
        var isAsWished = (position.IsFlat && entries == 0 && IsRightlyFlat(bar)) || wish switch
        {
            Wish.Flat => position.IsFlat && entries == 0,
            Wish.Long => position.IsLong && entries == 0,
            Wish.Short => position.IsShort && entries == 0,
            Wish.LongAtLimit => position.IsLong || (position.IsFlat && entries == 1),
            Wish.ShortAtLimit => position.IsShort || (position.IsFlat && entries == 1),
            _ => true,
        };
        auditor.Require(isAsWished, $"After {CyclesNeeded} calm cycles {wish} is wished and the position is {position}, with {entries} open entries: {result.Outcome} {result.Reason}.");
    }

    private void CheckStops(Process process, Position position)
    {
        if (world.Settings.StopLoss is null)
        {
            return;
        }

        var stops = world.Venue.OpenOrders.Count(order => order.Request.Type == OrderType.StopMarket);
        var isWaiting = world.Venue.OpenOrders.Any(order => order.Request.Type == OrderType.Limit);
        // Hosts whose clocks are a bar apart name the stop after different bars, and both may place it in the same moment; the next look takes one away.
        var allowed = world.Settings.ClockSkew > 0 && protection.HasEveryHostPlacedOneSince(process.Host.StartedAt) ? world.Hosts.Count : 1;
        var isRight = !position.IsFlat ? stops >= 1 && stops <= allowed && protection.CountStops() == stops : stops == 0 || (isWaiting && stops <= allowed);
        auditor.Require(
            isRight, $"After {CyclesNeeded} calm cycles the position is {position} and open are {string.Join(", ", world.Venue.OpenOrders.Select(TraceText.Of))}; expected exactly its stop.");
    }

    // What was closed by force since the bar is not opened again on that bar.
    private bool IsRightlyFlat(int bar) => bar == _barredBar || entryAudit.ForcedOutAt >= (bar + 1) * Arena.BarLength;

    // An entry may rightly be refused or barred; another host that runs the same bar does not try again.
    private bool IsRightlyBarred(Process process, CycleResult result) =>
        result.Orders.Any(order => order.RejectReason == RejectReason.InsufficientMargin)
        || result.Guard switch
        {
            Guard.ClockOffset => Math.Abs(process.Host.ClockSkew) >= world.Bot.Options.MaxClockOffset.TotalMilliseconds - 1_000,
            // An order may be on its way over the next close.
            Guard.StaleBars => world.Now % Arena.BarLength > Arena.BarLength - Arena.ReceiveWindow - 1_000,
            Guard.PriceDeviation => world.Settings.Jumps > 0,
            _ => false,
        };
}
