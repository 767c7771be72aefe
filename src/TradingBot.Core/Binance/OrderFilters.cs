using System.Globalization;
using TradingBot.Market;
using TradingBot.Trading;

namespace TradingBot.Binance;

/// <summary>The exchange's rules for the orders of one symbol: fits orders to the steps and says which rule a fitted order would break.</summary>
internal sealed class OrderFilters
{
    private readonly string? _status;
    private readonly Range _price;
    private readonly Range _lot;
    private readonly Range _marketLot;
    private readonly decimal? _multiplierUp;
    private readonly decimal? _multiplierDown;

    public OrderFilters(Symbol symbol, BinanceSymbol rules)
    {
        _status = rules.Status;
        var price = Find(rules, "PRICE_FILTER") ?? throw Missing(symbol, "PRICE_FILTER");
        var lot = Find(rules, "LOT_SIZE") ?? throw Missing(symbol, "LOT_SIZE");
        var marketLot = Find(rules, "MARKET_LOT_SIZE");
        var percent = Find(rules, "PERCENT_PRICE");
        _price = new Range("PRICE_FILTER", price.MinPrice ?? 0, price.MaxPrice ?? 0, price.TickSize ?? 0);
        _lot = new Range("LOT_SIZE", lot.MinQty ?? 0, lot.MaxQty ?? 0, lot.StepSize ?? 0);
        _marketLot = marketLot is null ? _lot : new Range("MARKET_LOT_SIZE", marketLot.MinQty ?? 0, marketLot.MaxQty ?? 0, marketLot.StepSize ?? 0);
        (_multiplierUp, _multiplierDown) = (percent?.MultiplierUp, percent?.MultiplierDown);
        if (_price.Step <= 0 || _lot.Step <= 0 || _lot.Max <= 0)
        {
            throw Missing(symbol, "tick, step or largest quantity above 0");
        }

        // The contract knows one step and one minimum; the coarser of the two fits both kinds of orders.
        Info = new SymbolInfo
        {
            Symbol = symbol,
            TickSize = _price.Step,
            StepSize = Math.Max(_lot.Step, _marketLot.Step),
            MinQuantity = Math.Max(_lot.Min, _marketLot.Min),
            MaxQuantity = _lot.Max,
            MaxMarketQuantity = _marketLot.Max > 0 ? _marketLot.Max : _lot.Max,
            MinNotional = Find(rules, "MIN_NOTIONAL")?.Notional ?? 0,
        };
    }

    public SymbolInfo Info { get; }

    /// <summary>Tells whether the mark price is needed to check an order.</summary>
    public static bool NeedsMarkPrice(OrderRequest order) => order.Type == OrderType.Limit || (order.Type == OrderType.Market && !order.ReduceOnly);

    /// <summary>Fits an order to tick and step, never making it larger, and checks it.</summary>
    /// <param name="order">The order as it is wanted.</param>
    /// <param name="markPrice">The mark price, where <see cref="NeedsMarkPrice"/>.</param>
    /// <returns>The order to send, or why it must not be sent.</returns>
    public (OrderRequest Order, OrderDenial? Denial) Fit(OrderRequest order, decimal? markPrice)
    {
        if (ShapeFault(order) is { } fault)
        {
            return (order, new OrderDenial(RejectReason.InvalidOrder, fault));
        }

        if (!order.ReduceOnly && !order.ClosePosition && _status is not (null or "TRADING"))
        {
            return (order, new OrderDenial(RejectReason.Symbol, $"status: the symbol is {_status}; expected TRADING."));
        }

        var fitted = order with
        {
            Quantity = order.ClosePosition ? 0 : Math.Floor(order.Quantity / Lot(order).Step) * Lot(order).Step,
            Price = order.Price is { } price ? Rounded(price, up: order.Side == Side.Sell) : null,
            TriggerPrice = order.TriggerPrice is { } trigger ? Rounded(trigger, up: TriggersSoonerAbove(order)) : null,
        };
        var denial = PriceFault(fitted.Price, markPrice, order.Side)
            ?? PriceFault(fitted.TriggerPrice, null, order.Side)
            ?? (order.ClosePosition ? null : QuantityFault(order, fitted.Quantity) ?? NotionalFault(fitted, markPrice));
        return (fitted, denial);
    }

    private static string? ShapeFault(OrderRequest order)
    {
        var conditional = order.Type is OrderType.StopMarket or OrderType.TakeProfitMarket;
        return order switch
        {
            _ when !Enum.IsDefined(order.Type) || !Enum.IsDefined(order.Side) || !Enum.IsDefined(order.TimeInForce) => "Type, side and time in force must be defined values.",
            _ when !IsClientOrderId(order.ClientOrderId) => "The client order id must be 1 to 36 letters, digits or . : / _ -.",
            _ when (order.Price is not null) != (order.Type == OrderType.Limit) => "A limit order needs a price, and no other order may have one.",
            _ when order.TriggerPrice is not null != conditional => "A stop or take-profit order needs a trigger price, and no other order may have one.",
            _ when order.ClosePosition && !conditional => "Only a stop or take-profit order may close the position.",
            _ when order.ClosePosition && order.Quantity != 0 => "An order that closes the position has the quantity 0.",
            _ when order.Price is <= 0 || order.TriggerPrice is <= 0 => "PRICE_FILTER: prices must be above 0.",
            _ => null,
        };
    }

    private static bool IsClientOrderId(string id) =>
        id.Length is >= 1 and <= 36 && id.All(character => char.IsAsciiLetterOrDigit(character) || character is '.' or ':' or '/' or '_' or '-');

    // A stop that sells and a take-profit that buys fire on the way down, so a higher trigger fires sooner.
    private static bool TriggersSoonerAbove(OrderRequest order) => (order.Type == OrderType.StopMarket) == (order.Side == Side.Sell);

    private Range Lot(OrderRequest order) => order.Type == OrderType.Limit || _marketLot.Step <= 0 ? _lot : _marketLot;

    // Ticks count from the lowest price.
    private decimal Rounded(decimal price, bool up)
    {
        var above = (price - _price.Min) % _price.Step;
        above += above < 0 ? _price.Step : 0;
        return above == 0 ? price : price - above + (up ? _price.Step : 0);
    }

    private OrderDenial? PriceFault(decimal? price, decimal? markPrice, Side side) => price switch
    {
        null => null,
        _ when price < _price.Min => Deny(RejectReason.Price, $"PRICE_FILTER: price {price} is below the minimum of {_price.Min}."),
        _ when _price.Max > 0 && price > _price.Max => Deny(RejectReason.Price, $"PRICE_FILTER: price {price} is above the maximum of {_price.Max}."),
        _ when price <= 0 => Deny(RejectReason.Price, $"PRICE_FILTER: price {price} must be above 0."),
        _ when side == Side.Buy && price > markPrice * _multiplierUp =>
            Deny(RejectReason.Price, $"PERCENT_PRICE: a buy at {price} is above {_multiplierUp} times the mark price of {markPrice}."),
        _ when side == Side.Sell && price < markPrice * _multiplierDown =>
            Deny(RejectReason.Price, $"PERCENT_PRICE: a sell at {price} is below {_multiplierDown} times the mark price of {markPrice}."),
        _ => null,
    };

    private OrderDenial? QuantityFault(OrderRequest order, decimal quantity)
    {
        var lot = Lot(order);
        if (quantity <= 0 || quantity < lot.Min)
        {
            return Deny(RejectReason.Quantity, $"{lot.Filter}: quantity {order.Quantity} is {quantity} in steps of {lot.Step}, below the minimum of {lot.Min}.");
        }

        return lot.Max > 0 && quantity > lot.Max ? Deny(RejectReason.Quantity, $"{lot.Filter}: quantity {quantity} is above the maximum of {lot.Max}.") : null;
    }

    private OrderDenial? NotionalFault(OrderRequest fitted, decimal? markPrice)
    {
        if (fitted.ReduceOnly || (fitted.Price ?? fitted.TriggerPrice ?? markPrice) is not { } price)
        {
            return null;
        }

        var notional = fitted.Quantity * price;
        return notional < Info.MinNotional ? Deny(RejectReason.MinNotional, $"MIN_NOTIONAL: {fitted.Quantity} at {price} is {notional}, below the minimum of {Info.MinNotional}.") : null;
    }

    private static OrderDenial Deny(RejectReason reason, FormattableString message) => new(reason, message.ToString(CultureInfo.InvariantCulture));

    private static BinanceFilter? Find(BinanceSymbol rules, string type) => rules.Filters.FirstOrDefault(filter => filter.FilterType == type);

    private static ExchangeException Missing(Symbol symbol, string what) =>
        new(ExchangeErrorKind.Rejected, $"The exchange lists {symbol} without {what}; its orders cannot be checked.");

    private sealed record Range(string Filter, decimal Min, decimal Max, decimal Step);
}
