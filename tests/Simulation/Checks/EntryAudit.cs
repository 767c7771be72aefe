using TradingBot.Market;
using TradingBot.Simulation;
using TradingBot.Tests.Simulation.Worlds;
using TradingBot.Trading;

namespace TradingBot.Tests.Simulation.Checks;

/// <summary>At most one entry per bar and bot, and never a position beyond the intended size.</summary>
internal sealed class EntryAudit(Auditor auditor, World world)
{
    private readonly Dictionary<string, (int Bar, decimal Intended)> _entries = new(StringComparer.Ordinal);
    private readonly Dictionary<int, decimal> _openedAtBar = [];
    private readonly Dictionary<int, decimal> _equityAtBar = [];
    private readonly int _times = world.Settings.CanDouble ? 2 : 1;
    private int _seenFills;
    private decimal _position;

    /// <summary>Gets the size that the position was meant to have at most; 0 when nothing is held.</summary>
    public decimal Intended { get; private set; }

    /// <summary>Gets how often an entry made the position larger than it was meant to be.</summary>
    public int Doubled { get; private set; }

    /// <summary>Gets when a position was last closed by something else than a decision: a liquidation, a stop, or the bot because of its stop.</summary>
    public long ForcedOutAt { get; private set; } = -1;

    public void OnRead(Process process)
    {
        if (process is { SeenBar: >= 0, SeenAccount: { } account })
        {
            var equity = account.Balance + account.Position.ProfitAt((decimal)world.Path.Bars.Closes[process.SeenBar]);
            _equityAtBar[process.SeenBar] = Math.Max(equity, _equityAtBar.GetValueOrDefault(process.SeenBar));
        }
    }

    public void OnAccepted(Process process, OrderRequest order)
    {
        if (order.ReduceOnly || order.ClosePosition)
        {
            return;
        }

        var intended = IntendedSize(process, order);
        auditor.Require(order.Quantity <= intended, $"The entry {order.ClientOrderId} is of {order.Quantity}, intended are at most {intended}.");
        _entries[order.ClientOrderId] = (process.SeenBar, intended);
    }

    public void Inspect()
    {
        var fills = world.Venue.Fills;
        for (; _seenFills < fills.Count; _seenFills++)
        {
            OnFill(fills[_seenFills]);
        }
    }

    private void OnFill(Fill fill)
    {
        if (fill.IsLiquidation || IsForced(fill.ClientOrderId))
        {
            ForcedOutAt = world.Now;
        }

        var before = _position;
        _position += fill.Side == Side.Buy ? fill.Quantity : -fill.Quantity;
        var opened = before == 0 || Math.Sign(before) == Math.Sign(_position) ? Math.Abs(_position) - Math.Abs(before) : Math.Abs(_position);
        if (opened <= 0)
        {
            Intended = _position == 0 ? 0 : Intended;
            return;
        }

        if (!_entries.TryGetValue(fill.ClientOrderId, out var entry))
        {
            auditor.Require(false, $"{fill.ClientOrderId} opened {opened}, but is no entry.");
            return;
        }

        Intended = before == 0 || Math.Sign(before) != Math.Sign(_position) ? entry.Intended : Math.Max(Intended, entry.Intended);
        auditor.Require(Math.Abs(_position) <= _times * Intended, $"The position is {_position}, intended are at most {Intended}.");
        Doubled += Math.Abs(_position) > Intended ? 1 : 0;
        var atBar = _openedAtBar[entry.Bar] = _openedAtBar.GetValueOrDefault(entry.Bar) + opened;
        auditor.Require(atBar <= _times * entry.Intended, $"{atBar} were entered on bar {entry.Bar}, intended are at most {entry.Intended} once.");
    }

    // Reckoned anew by the documented rule, from the most that any reading of the account has shown on that bar: a bar is decided once.
    private decimal IntendedSize(Process process, OrderRequest order)
    {
        if (!_equityAtBar.TryGetValue(process.SeenBar, out var equity))
        {
            return 0;
        }

        var price = order.Price ?? (decimal)world.Path.Bars.Closes[process.SeenBar];
        var notional = Math.Min(equity * world.Settings.PositionFraction * world.Settings.Leverage, world.Settings.MaxNotional ?? decimal.MaxValue);
        return Arena.Info.FitQuantity(Math.Max(0, notional / price)) ?? 0;
    }

    private bool IsForced(string id) =>
        world.Venue.Find(id) is { Request.TriggerPrice: not null } || id.AsSpan(id.LastIndexOf('-') + 1).StartsWith("c", StringComparison.Ordinal);
}
