using System.Runtime.CompilerServices;
using TradingBot.Market;
using TradingBot.Strategies;
using static System.FormattableString;

namespace TradingBot.Trading;

/// <summary>The decision of one cycle, a pure function: no clock, no network, no memory. The live trader and the backtester call the same.</summary>
public sealed class TradeCycle
{
    // Exchanges reckon the margin of a market order at a price up to so much worse than the last one,
    private const decimal PriceReserve = 0.0015m;

    // and take off the loss that a fill worse than the mark price means at once; at high leverage that is more than the margin's own reserve.
    private const decimal LossReserve = 0.0005m;

    // What is affordable at a need that is rounded to few decimals, and at least 0.001 too high, surely is affordable.
    private const int NeededDecimals = 3;
    private const decimal NeededMargin = 0.002m;

    private readonly IStrategy _strategy;
    private readonly TradeSettings _settings;
    private readonly ClientOrderIds _ids;
    private readonly bool _hasLimits;
    private readonly FastDecimal _affordableShare;
    private readonly FastDecimal _surelyNeeded;

    /// <summary>Initializes the cycle.</summary>
    /// <param name="strategy">Decides.</param>
    /// <param name="settings">How large a position may be and when trading must stop.</param>
    /// <exception cref="ArgumentException">A setting is outside its range; the message lists every fault.</exception>
    public TradeCycle(IStrategy strategy, TradeSettings settings)
    {
        ArgumentNullException.ThrowIfNull(strategy);
        ArgumentNullException.ThrowIfNull(settings);
        if (settings.Faults().ToArray() is { Length: > 0 } faults)
        {
            throw new ArgumentException(string.Join(' ', faults), nameof(settings));
        }

        ArgumentOutOfRangeException.ThrowIfLessThan(strategy.Lookback, 1);
        (_strategy, _settings) = (strategy, settings);
        _ids = new ClientOrderIds(settings.BotId, settings.SymbolInfo.Symbol);
        var needed = (((1m / settings.Leverage) + settings.TakerFee) * (1 + PriceReserve)) + LossReserve;
        _affordableShare = 1 / needed;
        _surelyNeeded = decimal.Round(needed, NeededDecimals, MidpointRounding.ToZero) + NeededMargin;
        _hasLimits = settings.MaxDailyLoss is not null || settings.MaxDrawdown is not null;
    }

    /// <summary>Gets the names of the orders that the plans contain.</summary>
    public ClientOrderIds Ids => _ids;

    /// <summary>Plans what to do at the close of the context's last bar.</summary>
    /// <param name="context">What is known at the close.</param>
    /// <param name="risk">What the limits remember from the cycle before.</param>
    /// <exception cref="InvalidOperationException">The strategy gave a decision that cannot be carried out.</exception>
    public TradePlan Plan(in StrategyContext context, in RiskState risk)
    {
        var observed = risk;
        var decision = Decide(context, ref observed);
        return Plan(context, decision, observed);
    }

    /// <summary>Takes the first half of <see cref="Plan(in StrategyContext, in RiskState)"/>: limits, then the strategy. Most decisions
    /// are to do nothing, and a backtest needs no plan for them.</summary>
    internal Decision Decide(in StrategyContext context, ref RiskState risk)
    {
        if (_hasLimits)
        {
            Observe(context, ref risk);
        }

        return risk.IsTripped ? Decision.Close.Because(TrippedReason(risk)) : _strategy.Decide(context);
    }

    /// <summary>Takes the second half: what a decision means in orders.</summary>
    internal TradePlan Plan(in StrategyContext context, in Decision decision, in RiskState observed)
    {
        var (exit, entry, denial) = PlanOrders(context, decision);
        return new TradePlan { Decision = decision, Exit = exit, Entry = entry, Denial = denial?.ToString(), Risk = observed };
    }

    /// <summary>Plans the orders of a decision, and says why one is not made.</summary>
    internal (OrderRequest? Exit, OrderRequest? Entry, PlanDenial? Denial) PlanOrders(in StrategyContext context, in Decision decision)
    {
        if (decision.IsMetBy(context.Position))
        {
            return default;
        }

        if (decision.Action is < DecisionAction.None or > DecisionAction.Close)
        {
            throw WrongAction(decision.Action);
        }

        OrderRequest? exit = null;
        if (!context.Position.IsFlat)
        {
            var held = FastDecimal.Abs(context.Position.FastQuantity);
            exit = Exit(context, held);
            if (exit is null)
            {
                return (null, null, HeldTooLittle(held));
            }

            if (decision.Action == DecisionAction.Close || exit.FastQuantity < held)
            {
                // What one order cannot close is closed in the next cycles; until then nothing is entered.
                return (exit, null, null);
            }
        }

        var (entry, denial) = Size(context, decision, decision.Action == DecisionAction.Long ? Side.Buy : Side.Sell);
        return (exit, entry, denial);
    }

    // Apart, so that a bar without limits to look at does not make room for it.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private void Observe(in StrategyContext context, ref RiskState risk) =>
        risk = risk.Observe(context.Equity, context.BarOpenTime, context.Time, _settings);

    private static string TrippedReason(in RiskState risk) => risk.Tripped switch
    {
        RiskLimit.DailyLoss => "the daily loss limit has tripped",
        _ => "the drawdown limit has tripped",
    };

    private OrderRequest? Exit(in StrategyContext context, FastDecimal held) => _settings.SymbolInfo.Fit(held) is { IsZero: false } quantity
        ? new OrderRequest(context.Symbol, context.Position.ClosingSide, OrderType.Market, _ids.NameOf(context.BarOpenTime, OrderLeg.Exit))
        {
            FastQuantity = quantity,
            ReduceOnly = true,
        }
        : null;

    private (OrderRequest? Entry, PlanDenial? Denial) Size(in StrategyContext context, in Decision decision, Side side)
    {
        var info = _settings.SymbolInfo;
        if (decision.LimitPrice is <= 0)
        {
            throw WrongPrice(decision.LimitPrice);
        }

        var limitPrice = decision.LimitPrice is { } wanted ? info.FitPrice(wanted, side) : null;
        if (decision.LimitPrice is not null && limitPrice is null)
        {
            return (null, PriceTooLow(decision.LimitPrice));
        }

        var price = (FastDecimal?)limitPrice ?? PriceConversion.ToDecimal(context.Price);
        var equity = limitPrice is null ? context.EquityAt(price) : (FastDecimal)context.Equity;
        var margin = equity * _settings.PositionFraction;
        if (!margin.IsPositive)
        {
            return (null, NothingLeft(equity));
        }

        var notional = margin * _settings.Leverage;
        if (_settings.MaxNotional is { } most)
        {
            notional = FastDecimal.Min(notional, most);
        }

        notional = CutToAffordable(notional, equity, context.Position, price);
        var quantity = info.Fit(notional, price);
        if (quantity.IsZero)
        {
            return (null, TooSmall(notional, price));
        }

        if (price * quantity < info.MinNotional)
        {
            return (null, TooSmall(price * quantity));
        }

        var type = limitPrice is null ? OrderType.Market : OrderType.Limit;
        return (new OrderRequest(context.Symbol, side, type, _ids.NameOf(context.BarOpenTime, OrderLeg.Entry))
        {
            FastQuantity = quantity,
            Price = limitPrice,
        }, null);
    }

    private FastDecimal CutToAffordable(FastDecimal notional, FastDecimal equity, in Position position, FastDecimal price)
    {
        // The fee of closing what is held is paid before the entry.
        var left = position.IsFlat ? equity : equity - (FastDecimal.Abs(position.FastQuantity) * price * _settings.TakerFee);
        // Most entries are far smaller, and a share of twenty-eight digits is slow to multiply by.
        return notional * _surelyNeeded <= left ? notional : FastDecimal.Min(notional, left.PositivePart * _affordableShare);
    }

    // Denials are made apart from the sizing, which hardly ever needs one.
    private PlanDenial HeldTooLittle(FastDecimal held) =>
        new("what is held is below the exchange's minimum quantity", $"the held quantity {held} is below the exchange's minimum of {_settings.SymbolInfo.MinQuantity}");

    private PlanDenial PriceTooLow(decimal? price) =>
        new("the limit price is below the exchange's tick", $"the limit price {price} is below the exchange's tick of {_settings.SymbolInfo.TickSize}");

    private static PlanDenial NothingLeft(FastDecimal equity) => new("the equity leaves nothing to trade with", $"the equity of {equity} leaves nothing to trade with");

    private PlanDenial TooSmall(FastDecimal notional, FastDecimal price) => new(
        "the entry is below the exchange's minimum quantity",
        $"a notional of {notional:0.########} at {price} is below the exchange's minimum quantity of {_settings.SymbolInfo.MinQuantity}");

    private PlanDenial TooSmall(FastDecimal notional) => new(
        "the entry is below the exchange's minimum notional",
        $"a notional of {notional:0.########} is below the exchange's minimum of {_settings.SymbolInfo.MinNotional}");

    private InvalidOperationException WrongAction(DecisionAction action) =>
        new(Invariant($"{_strategy.GetType().Name} decided {action}; expected None, Long, Short or Close."));

    private InvalidOperationException WrongPrice(decimal? price) =>
        new(Invariant($"{_strategy.GetType().Name} decided a limit price of {price}; expected one above 0."));
}
