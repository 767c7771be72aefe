using System.Text.Json;
using TradingBot.FakeBinance.Protocol;
using TradingBot.FakeBinance.Venue;

namespace TradingBot.FakeBinance.Endpoints;

/// <summary>The trading rules.</summary>
internal sealed class ExchangeInfoEndpoint(FakeVenue venue)
{
    internal static readonly string[] OrderTypes = ["LIMIT", "MARKET", "STOP_MARKET", "TAKE_PROFIT_MARKET"];

    internal static readonly string[] TimesInForce = ["GTC", "IOC", "FOK", "GTX", "GTD"];

    internal void AddTo(EndpointTable table)
    {
        table.Open("/fapi/v1/exchangeInfo", 1, Write);
        table.Signed("GET", "/fapi/v1/rateLimit/order", 1, (_, json) =>
        {
            json.WriteStartArray();
            WriteOrderLimits(json);
            json.WriteEndArray();
        });
    }

    private static void WriteLimit(Utf8JsonWriter json, string type, string interval, int number, int limit)
    {
        json.WriteStartObject();
        json.WriteString("rateLimitType", type);
        json.WriteString("interval", interval);
        json.WriteNumber("intervalNum", number);
        json.WriteNumber("limit", limit);
        json.WriteEndObject();
    }

    private static void WriteTexts(Utf8JsonWriter json, string name, string[] texts)
    {
        json.WriteStartArray(name);
        foreach (var text in texts)
        {
            json.WriteStringValue(text);
        }

        json.WriteEndArray();
    }

    private static void WriteFilter(Utf8JsonWriter json, string type, params (string Name, string Value)[] fields)
    {
        json.WriteStartObject();
        json.WriteString("filterType", type);
        foreach (var (name, value) in fields)
        {
            json.WriteString(name, value);
        }

        json.WriteEndObject();
    }

    private void WriteOrderLimits(Utf8JsonWriter json)
    {
        WriteLimit(json, "ORDERS", "MINUTE", 1, venue.Options.OrdersPerMinute);
        WriteLimit(json, "ORDERS", "SECOND", 10, venue.Options.OrdersPerTenSeconds);
    }

    private void Write(ApiRequest request, Utf8JsonWriter json)
    {
        json.WriteStartObject();
        json.WriteString("timezone", "UTC");
        json.WriteNumber("serverTime", venue.Clock.Shown);
        json.WriteString("futuresType", "U_MARGINED");
        json.WriteStartArray("rateLimits");
        WriteLimit(json, "REQUEST_WEIGHT", "MINUTE", 1, venue.Options.RequestWeightPerMinute);
        WriteOrderLimits(json);
        json.WriteEndArray();
        json.WriteStartArray("exchangeFilters");
        json.WriteEndArray();
        json.WriteStartArray("assets");
        json.WriteStartObject();
        json.WriteString("asset", venue.Asset);
        json.WriteBoolean("marginAvailable", true);
        json.WriteString("autoAssetExchange", "-5000");
        json.WriteEndObject();
        json.WriteEndArray();
        json.WriteStartArray("symbols");
        WriteSymbol(json);
        json.WriteEndArray();
        json.WriteEndObject();
    }

    private void WriteSymbol(Utf8JsonWriter json)
    {
        json.WriteStartObject();
        json.WriteString("symbol", venue.Symbol.Id);
        json.WriteString("pair", venue.Symbol.Id);
        json.WriteString("contractType", "PERPETUAL");
        json.WriteNumber("deliveryDate", 4_133_404_800_000);
        json.WriteNumber("onboardDate", venue.Feed.Bars.OpenTimes[0]);
        json.WriteString("status", venue.IsMarketOpen ? "TRADING" : "CLOSE");
        json.WriteString("maintMarginPercent", "2.5000");
        json.WriteString("requiredMarginPercent", "5.0000");
        json.WriteString("baseAsset", venue.Symbol.BaseAsset);
        json.WriteString("quoteAsset", venue.Symbol.QuoteAsset);
        json.WriteString("marginAsset", venue.Asset);
        json.WriteNumber("pricePrecision", venue.Format.PriceDecimals);
        json.WriteNumber("quantityPrecision", venue.Format.QuantityDecimals);
        json.WriteNumber("baseAssetPrecision", 8);
        json.WriteNumber("quotePrecision", 8);
        json.WriteString("underlyingType", "COIN");
        json.WriteStartArray("underlyingSubType");
        json.WriteEndArray();
        json.WriteString("triggerProtect", "0.0500");
        json.Decimal("liquidationFee", venue.Listing.LiquidationFeeRate, 6);
        json.WriteString("marketTakeBound", "0.05");
        json.WriteNumber("maxMoveOrderLimit", 10_000);
        json.WriteStartArray("filters");
        WriteFilters(json);
        json.WriteEndArray();
        WriteTexts(json, "orderTypes", OrderTypes);
        WriteTexts(json, "timeInForce", TimesInForce);
        WriteTexts(json, "permissionSets", ["GRID", "COPY"]);
        json.WriteEndObject();
    }

    private void WriteFilters(Utf8JsonWriter json)
    {
        var (info, format) = (venue.Listing.Info, venue.Format);
        WriteFilter(json, "PRICE_FILTER", ("minPrice", format.Price(format.MinPrice)), ("maxPrice", format.Price(format.MaxPrice)), ("tickSize", format.Price(info.TickSize)));
        WriteFilter(json, "LOT_SIZE", ("minQty", format.Quantity(info.MinQuantity)), ("maxQty", format.Quantity(info.MaxQuantity)), ("stepSize", format.Quantity(info.StepSize)));
        WriteFilter(json, "MARKET_LOT_SIZE", ("minQty", format.Quantity(info.MinQuantity)), ("maxQty", format.Quantity(info.MaxMarketQuantity)), ("stepSize", format.Quantity(info.StepSize)));
        json.WriteStartObject();
        json.WriteString("filterType", "MAX_NUM_ORDERS");
        json.WriteNumber("limit", venue.Exchange.Options.MaxOpenOrders);
        json.WriteEndObject();
        WriteFilter(json, "MIN_NOTIONAL", ("notional", info.MinNotional.Text(0)));
        WriteFilter(json, "PERCENT_PRICE", ("multiplierUp", SymbolFormat.PriceUp.Text(4)), ("multiplierDown", SymbolFormat.PriceDown.Text(4)), ("multiplierDecimal", "4"));
        WriteFilter(json, "POSITION_RISK_CONTROL", ("positionControlSide", "NONE"));
    }
}
