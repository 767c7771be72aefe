using System.Globalization;
using System.Runtime.InteropServices;
using TradingBot.Market;

namespace TradingBot.Trading;

/// <summary>Which stop should stand on the exchange: a pure function that the trader and the backtester share.</summary>
/// <param name="Side">The side that closes the position.</param>
/// <param name="TriggerPrice">The trigger, on the tick.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct ProtectiveStop(Side Side, decimal TriggerPrice)
{
    /// <summary>The smallest maintenance margin that large exchanges ask of a small position, as a share of its notional.</summary>
    private const decimal LeastMaintenance = 0.004m;

    /// <summary>Gets the stop of a position: at its average entry price less the loss, rounded to the tick that triggers sooner.</summary>
    /// <param name="position">A position.</param>
    /// <param name="stopLoss">The loss, as a share of the entry price.</param>
    /// <param name="info">The trading rules.</param>
    /// <returns><see langword="null"/> when the position is flat.</returns>
    public static ProtectiveStop? Of(Position position, decimal stopLoss, SymbolInfo info)
    {
        if (position.IsFlat)
        {
            return null;
        }

        var side = position.ClosingSide;
        var trigger = position.EntryPrice * (position.IsLong ? 1 - stopLoss : 1 + stopLoss);
        return new ProtectiveStop(side, info.FitPrice(trigger, side) ?? info.TickSize);
    }

    /// <summary>Gets the stop of the position that a limit entry will open when it fills.</summary>
    public static ProtectiveStop Of(OrderRequest waitingEntry, decimal stopLoss, SymbolInfo info) =>
        Of(new Position(waitingEntry.Side == Side.Buy ? 1 : -1, waitingEntry.Price!.Value), stopLoss, info)!.Value;

    /// <summary>Tells whether a waiting order is this stop; the trigger may be a tick off, as exchanges round entry prices.</summary>
    /// <param name="order">An open order.</param>
    /// <param name="held">The quantity that is held, 0 or more.</param>
    /// <param name="tick">The step of prices.</param>
    public bool IsServedBy(OrderRequest order, decimal held, decimal tick) =>
        order.Type == OrderType.StopMarket && order.Side == Side && order.TriggerPrice is { } trigger && Math.Abs(trigger - TriggerPrice) <= tick
        && (order.ClosePosition || (order.ReduceOnly && order.Quantity >= held));

    /// <summary>Makes the order.</summary>
    public OrderRequest ToRequest(Symbol symbol, in OrderName name) => new(symbol, Side, OrderType.StopMarket, name)
    {
        TriggerPrice = TriggerPrice,
        ClosePosition = true,
    };

    /// <summary>Says why a stop would never be reached, because the position is liquidated before; <see langword="null"/> when that cannot be told.</summary>
    /// <remarks>With a margin of m per notional and the maintenance rate r, a short is liquidated at a loss of (m - r) / (1 + r), a long a little later
    /// (Binance's formula for one-way mode, the lowest step of the table). In isolated mode m is 1 / leverage; in cross mode the whole
    /// balance stands behind the position, so m is 1 / (fraction * leverage), which cannot be told where a largest notional cuts entries down.</remarks>
    public static string? LiquidationFault(decimal? stopLoss, int leverage, MarginMode mode, decimal positionFraction, decimal? maxNotional)
    {
        if (stopLoss is not ({ } loss and > 0 and < 1) || leverage < 1 || positionFraction <= 0 || (mode == MarginMode.Cross && maxNotional is not null))
        {
            return null;
        }

        var margin = mode == MarginMode.Cross ? 1 / (positionFraction * leverage) : 1m / leverage;
        var liquidation = (margin - LeastMaintenance) / (1 + LeastMaintenance);
        return loss < liquidation
            ? null
            : string.Create(
                CultureInfo.InvariantCulture,
                $"{nameof(TradingBotOptions.StopLoss)} must be nearer than the liquidation price, which leverage {leverage} in {mode} mode puts at a loss of {liquidation:0.####} at most, found {loss}.");
    }
}
