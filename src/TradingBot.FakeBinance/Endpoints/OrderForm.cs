using System.Buffers;
using TradingBot.FakeBinance.Protocol;
using TradingBot.FakeBinance.Venue;
using TradingBot.Market;
using TradingBot.Trading;

namespace TradingBot.FakeBinance.Endpoints;

/// <summary>Reads an order from a request and checks it as the exchange does before it looks at the account.</summary>
internal sealed class OrderForm(FakeVenue venue)
{
    private const long SoonestGoodTill = 600_000;
    private const long LatestGoodTill = 253_402_300_799_000;
    private const int LongestClientId = 36;
    private static readonly string[] ConditionalTypes = ["STOP", "STOP_MARKET", "TAKE_PROFIT", "TAKE_PROFIT_MARKET", "TRAILING_STOP_MARKET"];
    private static readonly string[] SelfTradePreventions = ["NONE", "EXPIRE_TAKER", "EXPIRE_MAKER", "EXPIRE_BOTH"];

    private static readonly SearchValues<char> ClientIdCharacters =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789.:/_-");

    private readonly OrderFilters _filters = new(venue);

    private SymbolInfo Info => venue.Listing.Info;

    /// <summary>Reads a limit or market order.</summary>
    internal OrderTicket ReadOrder(ApiRequest request)
    {
        venue.CheckSymbol(request);
        var side = SideText.Read(request.Required("side"));
        var type = request.Required("type");
        if (ConditionalTypes.Contains(type))
        {
            throw new ApiError(-4120, "Order type not supported for this endpoint. Please use the Algo Order API endpoints instead.");
        }

        if (type is not ("LIMIT" or "MARKET"))
        {
            throw InvalidType();
        }

        CheckPositionSide(request);
        var isLimit = type == "LIMIT";
        var timeInForce = ReadTimeInForce(request, isLimit);
        var reduceOnly = request.Flag("reduceOnly");
        venue.CheckMarketOpen(reduceOnly);
        request.Required("quantity");
        var quantity = _filters.CheckQuantity(request.Number("quantity")!.Value, isLimit ? Info.MaxQuantity : Info.MaxMarketQuantity);
        decimal? price = null;
        if (isLimit)
        {
            request.Required("price");
            price = _filters.CheckPrice(request.Number("price")!.Value);
            _filters.CheckPercentPrice(side, price.Value);
        }
        else if (request.Text("price") is not null)
        {
            throw ApiError.NotRequired("price");
        }

        _filters.CheckNotional(quantity, price ?? venue.Feed.Price, reduceOnly);
        return new OrderTicket(new OrderRequest
        {
            Symbol = venue.Symbol,
            Side = side,
            Type = isLimit ? OrderType.Limit : OrderType.Market,
            ClientOrderId = ReadClientId(request, "newClientOrderId"),
            Quantity = quantity,
            Price = price,
            TimeInForce = timeInForce switch
            {
                "IOC" or "FOK" when isLimit => TimeInForce.ImmediateOrCancel,
                "GTX" => TimeInForce.PostOnly,
                _ => TimeInForce.GoodTillCanceled,
            },
            ReduceOnly = reduceOnly,
        })
        {
            Type = type,
            TimeInForce = timeInForce,
            GoodTillDate = ReadGoodTillDate(request, timeInForce),
            SelfTradePrevention = ReadSelfTradePrevention(request),
            WantsResult = WantsResult(request),
        };
    }

    /// <summary>Reads a conditional order.</summary>
    internal OrderTicket ReadAlgo(ApiRequest request)
    {
        if (request.Required("algoType") != "CONDITIONAL")
        {
            throw ApiError.Malformed("algoType");
        }

        venue.CheckSymbol(request);
        var side = SideText.Read(request.Required("side"));
        var type = request.Required("type");
        if (!ConditionalTypes.Contains(type))
        {
            throw InvalidType();
        }

        if (type is not ("STOP_MARKET" or "TAKE_PROFIT_MARKET"))
        {
            // The simulated exchange has no stop-limit and no trailing orders.
            throw ApiError.NotSupported();
        }

        CheckPositionSide(request);
        var (closes, reduceOnly) = (request.Flag("closePosition"), request.Flag("reduceOnly"));
        venue.CheckMarketOpen(closes || reduceOnly);
        request.Required("triggerPrice");
        var trigger = _filters.CheckPrice(request.Number("triggerPrice")!.Value);
        var quantity = 0m;
        if (closes)
        {
            if ((request.Number("quantity") ?? 0) != 0)
            {
                throw new ApiError(-4137, "Quantity must be zero with closePosition equals true.");
            }

            if (request.Text("reduceOnly") is not null)
            {
                throw ApiError.NotRequired("reduceOnly");
            }
        }
        else
        {
            request.Required("quantity");
            quantity = _filters.CheckQuantity(request.Number("quantity")!.Value, Info.MaxMarketQuantity);
        }

        return new OrderTicket(new OrderRequest
        {
            Symbol = venue.Symbol,
            Side = side,
            Type = type == "STOP_MARKET" ? OrderType.StopMarket : OrderType.TakeProfitMarket,
            ClientOrderId = ReadClientId(request, "clientAlgoId"),
            Quantity = quantity,
            TriggerPrice = trigger,
            ReduceOnly = reduceOnly,
            ClosePosition = closes,
        })
        {
            Type = type,
            TimeInForce = CheckTimeInForce(request.Text("timeInForce") ?? "GTC"),
            WorkingType = request.Text("workingType") switch
            {
                null or "CONTRACT_PRICE" => "CONTRACT_PRICE",
                "MARK_PRICE" => "MARK_PRICE",
                _ => throw ApiError.Malformed("workingType"),
            },
            SelfTradePrevention = ReadSelfTradePrevention(request),
            PriceProtect = request.Flag("priceProtect"),
            WantsResult = WantsResult(request),
        };
    }

    /// <summary>Reads the new price and quantity of an order.</summary>
    internal OrderRequest ReadChange(ApiRequest request, OrderRecord order)
    {
        var side = SideText.Read(request.Required("side"));
        request.Required("quantity");
        request.Required("price");
        var (quantity, price) = (_filters.CheckQuantity(request.Number("quantity")!.Value, Info.MaxQuantity), _filters.CheckPrice(request.Number("price")!.Value));
        if (side != order.Side)
        {
            throw ApiError.Malformed("side");
        }

        if (order.Type != "LIMIT")
        {
            throw new ApiError(-5025, "Only limit order is supported");
        }

        if (quantity == order.Quantity && price == order.Price)
        {
            throw new ApiError(-5027, "No need to modify the order.");
        }

        _filters.CheckPercentPrice(side, price);
        _filters.CheckNotional(quantity, price, order.ReduceOnly);
        return new OrderRequest
        {
            Symbol = venue.Symbol,
            Side = side,
            Type = OrderType.Limit,
            ClientOrderId = order.ClientOrderId,
            Quantity = quantity,
            Price = price,
            TimeInForce = order.TimeInForce == "GTX" ? TimeInForce.PostOnly : TimeInForce.GoodTillCanceled,
            ReduceOnly = order.ReduceOnly,
        };
    }

    private static ApiError InvalidType() => new(-1116, "Invalid orderType.");

    private static void CheckPositionSide(ApiRequest request)
    {
        switch (request.Text("positionSide"))
        {
            case null or "BOTH":
                break;
            case "LONG" or "SHORT":
                throw new ApiError(-4061, "Order's position side does not match user's setting.");
            default:
                throw new ApiError(-4060, "Invalid position side.");
        }

        if (request.Text("priceMatch") is { } match and not "NONE")
        {
            throw match.StartsWith("OPPONENT", StringComparison.Ordinal) || match.StartsWith("QUEUE", StringComparison.Ordinal)
                ? ApiError.NotSupported()
                : new ApiError(-5037, "Invalid price match");
        }
    }

    private static string CheckTimeInForce(string text) =>
        ExchangeInfoEndpoint.TimesInForce.Contains(text) ? text : throw new ApiError(-1115, "Invalid timeInForce.");

    private static string ReadTimeInForce(ApiRequest request, bool isLimit)
    {
        if (isLimit)
        {
            return CheckTimeInForce(request.Required("timeInForce"));
        }

        return request.Text("timeInForce") is null ? "GTC" : throw ApiError.NotRequired("timeInForce");
    }

    private static string ReadSelfTradePrevention(ApiRequest request)
    {
        var mode = request.Text("selfTradePreventionMode") ?? "EXPIRE_MAKER";
        return SelfTradePreventions.Contains(mode) ? mode : throw new ApiError(-5038, "Invalid self trade prevention mode");
    }

    private static bool WantsResult(ApiRequest request) => request.Text("newOrderRespType") switch
    {
        null or "ACK" => false,
        "RESULT" => true,
        _ => throw new ApiError(-1136, "Invalid newOrderRespType."),
    };

    private string ReadClientId(ApiRequest request, string name)
    {
        var id = request.Text(name) ?? venue.Desk.NextClientId();
        return id.Length <= LongestClientId && !id.AsSpan().ContainsAnyExcept(ClientIdCharacters)
            ? id
            : throw new ApiError(-4015, "Client order id is not valid.");
    }

    private long ReadGoodTillDate(ApiRequest request, string timeInForce)
    {
        if (timeInForce != "GTD")
        {
            return 0;
        }

        request.Required("goodTillDate");
        var date = request.Whole("goodTillDate")!.Value;
        return date > venue.Clock.Shown + SoonestGoodTill && date < LatestGoodTill
            ? date / 1_000 * 1_000
            : throw new ApiError(-5040, "Invalid goodTillDate");
    }
}
