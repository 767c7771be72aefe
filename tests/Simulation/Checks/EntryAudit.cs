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
    private int _seenFills;
    private decimal _position;
    private decimal _bound;

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
        var before = _position;
        _position += fill.Side == Side.Buy ? fill.Quantity : -fill.Quantity;
        var opened = before == 0 || Math.Sign(before) == Math.Sign(_position) ? Math.Abs(_position) - Math.Abs(before) : Math.Abs(_position);
        if (opened <= 0)
        {
            _bound = _position == 0 ? 0 : _bound;
            return;
        }

        if (!_entries.TryGetValue(fill.ClientOrderId, out var entry))
        {
            auditor.Require(false, $"{fill.ClientOrderId} opened {opened}, but is no entry.");
            return;
        }

        _bound = before == 0 ? entry.Intended : Math.Max(_bound, entry.Intended);
        auditor.Require(Math.Abs(_position) <= _bound, $"The position is {_position}, intended are at most {_bound}.");
        var atBar = _openedAtBar[entry.Bar] = _openedAtBar.GetValueOrDefault(entry.Bar) + opened;
        auditor.Require(atBar <= entry.Intended, $"{atBar} were entered on bar {entry.Bar}, intended are at most {entry.Intended} once.");
    }

    // Reckoned anew from what the process was told, by the documented rule.
    private decimal IntendedSize(Process process, OrderRequest order)
    {
        if (process.SeenAccount is not { } account || process.SeenBar < 0)
        {
            return 0;
        }

        var close = (decimal)world.Path.Bars.Closes[process.SeenBar];
        var equity = account.Balance + account.Position.ProfitAt(close);
        var notional = Math.Min(equity * world.Settings.PositionFraction * world.Settings.Leverage, world.Settings.MaxNotional ?? decimal.MaxValue);
        return Arena.Info.FitQuantity(Math.Max(0, notional / (order.Price ?? close))) ?? 0;
    }
}
