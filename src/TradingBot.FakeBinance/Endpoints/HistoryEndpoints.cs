using System.Globalization;
using System.Text.Json;
using TradingBot.FakeBinance.Protocol;
using TradingBot.FakeBinance.Venue;

namespace TradingBot.FakeBinance.Endpoints;

/// <summary>Past orders, trades and changes of the balance.</summary>
internal sealed class HistoryEndpoints(FakeVenue venue)
{
    private const int UsualRows = 500;
    private const int UsualIncomeRows = 100;
    private const int MostRows = 1_000;
    private readonly OrderJson _json = new(venue);

    internal void AddTo(EndpointTable table)
    {
        table.Signed("GET", "/fapi/v1/allOrders", 5, Orders);
        table.Signed("GET", "/fapi/v1/userTrades", 5, Trades);
        table.Signed("GET", "/fapi/v1/forceOrders", static request => request.Text("symbol") is null ? 50 : 20, ForceOrders);
        table.Signed("GET", "/fapi/v1/income", 30, Income);
    }

    // With a limit alone, the newest rows.
    private void Orders(ApiRequest request, Utf8JsonWriter json)
    {
        CheckOptionalSymbol(request);
        var (from, limit, span) = (request.Whole("orderId"), request.Limit(UsualRows, MostRows), TimeSpanOf.Read(request));
        var rows = venue.Journal.Orders.Where(order => order.OrderId >= (from ?? 0) && span.Holds(order.Time) && !order.IsForgotten(venue.Now));
        json.WriteStartArray();
        foreach (var order in from is null ? rows.TakeLast(limit) : rows.Take(limit))
        {
            _json.WriteFound(json, order);
        }

        json.WriteEndArray();
    }

    // With a limit alone, the oldest rows.
    private void Trades(ApiRequest request, Utf8JsonWriter json)
    {
        venue.CheckSymbol(request);
        var (from, orderId, limit) = (request.Whole("fromId"), request.Whole("orderId"), request.Limit(UsualRows, MostRows));
        if (from is not null && (request.Text("startTime") ?? request.Text("endTime")) is not null)
        {
            throw new ApiError(-1128, "Combination of optional parameters invalid.");
        }

        var span = TimeSpanOf.Read(request);
        var rows = venue.Journal.Trades.Where(trade =>
            trade.Id >= (from ?? 0) && (orderId is null || trade.Order.OrderId == orderId) && span.Holds(trade.Time));
        json.WriteStartArray();
        foreach (var trade in rows.Take(limit))
        {
            Write(json, trade);
        }

        json.WriteEndArray();
    }

    private void Write(Utf8JsonWriter json, TradeRecord trade)
    {
        var fill = trade.Fill;
        json.WriteStartObject();
        json.WriteBoolean("buyer", fill.Side == Market.Side.Buy);
        json.Amount("commission", fill.Fee);
        json.WriteString("commissionAsset", venue.Asset);
        json.WriteNumber("id", trade.Id);
        json.WriteBoolean("maker", fill.IsMaker);
        json.WriteNumber("orderId", trade.Order.OrderId);
        json.WriteString("price", venue.Format.Price(fill.Price));
        json.WriteString("qty", venue.Format.Quantity(fill.Quantity));
        json.Decimal("quoteQty", fill.Quantity * fill.Price, 2);
        json.Decimal("realizedPnl", fill.RealizedProfit, 0);
        json.WriteString("side", fill.Side.Text());
        json.WriteString("positionSide", "BOTH");
        json.WriteString("symbol", venue.Symbol.Id);
        json.WriteNumber("time", trade.Time);
        json.WriteEndObject();
    }

    private void ForceOrders(ApiRequest request, Utf8JsonWriter json)
    {
        CheckOptionalSymbol(request);
        var (type, limit, span) = (request.Text("autoCloseType"), request.Limit(50, 100), TimeSpanOf.Read(request));
        json.WriteStartArray();
        foreach (var order in venue.Journal.Orders.Where(order => order.IsLiquidation && type is null or "LIQUIDATION" && span.Holds(order.Time)).TakeLast(limit))
        {
            _json.WriteFound(json, order);
        }

        json.WriteEndArray();
    }

    private void Income(ApiRequest request, Utf8JsonWriter json)
    {
        CheckOptionalSymbol(request);
        var (type, limit) = (request.Text("incomeType"), request.Limit(UsualIncomeRows, MostRows));
        var start = request.Whole("startTime") ?? (request.Text("endTime") is null ? venue.Now - (long)TimeSpan.FromDays(7).TotalMilliseconds : long.MinValue);
        var end = request.Whole("endTime") ?? long.MaxValue;
        json.WriteStartArray();
        foreach (var row in venue.Journal.Income.Where(row => (type is null || row.Type == type) && row.Time >= start && row.Time <= end).Take(limit))
        {
            json.WriteStartObject();
            json.WriteString("symbol", venue.Symbol.Id);
            json.WriteString("incomeType", row.Type);
            json.Amount("income", row.Amount);
            json.WriteString("asset", venue.Asset);
            json.WriteString("info", row.Type);
            json.WriteNumber("time", row.Time);
            json.WriteNumber("tranId", row.Id);
            json.WriteString("tradeId", row.TradeId?.ToString(CultureInfo.InvariantCulture) ?? "");
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private void CheckOptionalSymbol(ApiRequest request)
    {
        if (request.Text("symbol") is not null)
        {
            venue.CheckSymbol(request);
        }
    }
}
