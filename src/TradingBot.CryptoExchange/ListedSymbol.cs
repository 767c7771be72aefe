using System.Globalization;
using CryptoExchange.Net.SharedApis;
using TradingBot.Market;
using TradingBot.Trading;

namespace TradingBot.CryptoExchange;

/// <summary>A contract as the exchange lists it: fits orders to the steps, never upwards, and says which rule a fitted order would break.</summary>
internal sealed class ListedSymbol
{
    private readonly bool _isTrading;

    /// <exception cref="ExchangeException">The exchange lists the contract without what orders need, or counts it in other units than the base asset.</exception>
    public ListedSymbol(Symbol symbol, SharedFuturesSymbol listed)
    {
        Shared = listed.SharedSymbol;
        _isTrading = listed.Trading;
        if (listed.ContractSize is not (null or 1))
        {
            throw Unusable(symbol, string.Create(CultureInfo.InvariantCulture, $"contracts of {listed.ContractSize} {symbol.BaseAsset}; expected quantities in the base asset"));
        }

        var tick = listed.PriceStep ?? StepOf(listed.PriceDecimals) ?? throw Unusable(symbol, "no step of prices");
        var step = listed.QuantityStep ?? StepOf(listed.QuantityDecimals) ?? throw Unusable(symbol, "no step of quantities");
        if (tick <= 0 || step <= 0 || listed.MaxTradeQuantity <= 0)
        {
            throw Unusable(symbol, "a step or a largest quantity that is not above 0");
        }

        Info = new SymbolInfo
        {
            Symbol = symbol,
            TickSize = tick,
            StepSize = step,
            MinQuantity = listed.MinTradeQuantity ?? 0,
            MaxQuantity = listed.MaxTradeQuantity ?? decimal.MaxValue,
            MinNotional = listed.MinNotionalValue ?? 0,
        };
    }

    /// <summary>Gets the family's name of the contract.</summary>
    public SharedSymbol Shared { get; }

    public SymbolInfo Info { get; }

    /// <summary>Names a contract before its listing is known.</summary>
    public static SharedSymbol NameOf(Symbol symbol) => new(global::CryptoExchange.Net.SharedApis.TradingMode.PerpetualLinear, symbol.BaseAsset, symbol.QuoteAsset);

    /// <summary>Fits an order to tick and step, never making it larger, and checks it.</summary>
    /// <returns>The order to send, or why it must not be sent.</returns>
    public (OrderRequest Order, OrderDenial? Denial) Fit(OrderRequest order)
    {
        if (ShapeFault(order) is { } fault)
        {
            return (order, new OrderDenial(RejectReason.InvalidOrder, fault));
        }

        if (!_isTrading && !order.ReduceOnly && !order.ClosePosition)
        {
            return (order, new OrderDenial(RejectReason.Symbol, $"The exchange does not trade {Info.Symbol} now."));
        }

        var quantity = order.ClosePosition || order.Quantity <= 0 ? 0 : decimal.Floor(order.Quantity / Info.StepSize) * Info.StepSize;
        if (!order.ClosePosition && (quantity <= 0 || quantity < Info.MinQuantity || quantity > Info.MaxQuantity))
        {
            return (order, Deny(RejectReason.Quantity, $"Quantity {order.Quantity} is {quantity} in steps of {Info.StepSize}; expected from {Info.MinQuantity} to {Info.MaxQuantity}, above 0."));
        }

        // A price that is rounded is rounded to the owner's better side; a trigger to the side on which it fires sooner.
        var (price, trigger) = (Tick(order.Price, up: order.Side == Side.Sell), Tick(order.TriggerPrice, up: (order.Type == OrderType.StopMarket) == (order.Side == Side.Sell)));
        if (price is <= 0 || trigger is <= 0)
        {
            return (order, Deny(RejectReason.Price, $"The price {order.Price ?? order.TriggerPrice} is 0 in steps of {Info.TickSize}."));
        }

        var notional = quantity * (price ?? trigger);
        return notional < Info.MinNotional && !order.ReduceOnly && !order.ClosePosition
            ? (order, Deny(RejectReason.MinNotional, $"{quantity} at {price ?? trigger} is {notional}, below the minimum of {Info.MinNotional}."))
            : (order with { Quantity = quantity, Price = price, TriggerPrice = trigger }, null);
    }

    private static string? ShapeFault(OrderRequest order)
    {
        var isConditional = order.Type is OrderType.StopMarket or OrderType.TakeProfitMarket;
        if (!Enum.IsDefined(order.Type) || !Enum.IsDefined(order.Side) || !Enum.IsDefined(order.TimeInForce))
        {
            return "Type, side and time in force must be defined values.";
        }

        if (order.ClientOrderId.Length is < 1 or > 36 || !order.ClientOrderId.All(letter => char.IsAsciiLetterOrDigit(letter) || ".:/_-".Contains(letter, StringComparison.Ordinal)))
        {
            return "The client order id must be 1 to 36 letters, digits or . : / _ -.";
        }

        if (order.Price.HasValue != (order.Type == OrderType.Limit) || order.TriggerPrice.HasValue != isConditional)
        {
            return "A limit order needs a price, a stop or take-profit order a trigger price, and no other order may have one.";
        }

        if (order.Price is <= 0 || order.TriggerPrice is <= 0)
        {
            return "Prices must be above 0.";
        }

        return order.ClosePosition && (!isConditional || order.Quantity != 0)
            ? "Only a stop or take-profit order may close the position, with the quantity 0."
            : null;
    }

    private decimal? Tick(decimal? price, bool up)
    {
        var above = price % Info.TickSize;
        return above > 0 ? price - above + (up ? Info.TickSize : 0) : price;
    }

    private static decimal? StepOf(int? decimals) => decimals is >= 0 and <= 28 ? new decimal(1, 0, 0, false, (byte)decimals) : null;

    private static OrderDenial Deny(RejectReason reason, FormattableString message) => new(reason, message.ToString(CultureInfo.InvariantCulture));

    private static ExchangeException Unusable(Symbol symbol, string what) =>
        new(ExchangeErrorKind.Rejected, $"The exchange lists {symbol} with {what}; its orders cannot be made.");
}
