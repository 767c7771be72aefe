using System.Globalization;
using System.Text.Json;
using TradingBot.FakeBinance.Protocol;
using TradingBot.FakeBinance.Venue;

namespace TradingBot.FakeBinance.Endpoints;

/// <summary>Conditional orders, which are kept apart from normal ones until they fire.</summary>
internal sealed class AlgoEndpoints(FakeVenue venue)
{
    private const string AlgoPath = "/fapi/v1/algoOrder";
    private readonly OrderForm _form = new(venue);

    internal void AddTo(EndpointTable table)
    {
        table.Add(new Endpoint("POST", AlgoPath, Security.Signed, static _ => 0, Send) { Orders = static _ => (1, 1) });
        table.Signed("GET", AlgoPath, 1, Get);
        table.Signed("DELETE", AlgoPath, 1, Cancel);
        table.Signed("GET", "/fapi/v1/openAlgoOrders", static request => request.Text("symbol") is null ? 40 : 1, ListOpen);
        table.Signed("GET", "/fapi/v1/allAlgoOrders", 5, ListAll);
        table.Signed("DELETE", "/fapi/v1/algoOpenOrders", 1, CancelAll);
    }

    private void Send(ApiRequest request, Utf8JsonWriter json) => Write(json, venue.Desk.PlaceAlgo(_form.ReadAlgo(request)), isSent: true);

    private void Get(ApiRequest request, Utf8JsonWriter json) =>
        Write(json, (request.HidesOrder ? null : Find(request)) ?? throw ApiError.NoSuchOrder(), isSent: false);

    private void Cancel(ApiRequest request, Utf8JsonWriter json)
    {
        var algo = Find(request) is { IsOpen: true } found ? found : throw ApiError.UnknownOrder();
        venue.Desk.Cancel(algo);
        json.WriteStartObject();
        json.WriteNumber("algoId", algo.AlgoId);
        json.WriteString("clientAlgoId", algo.ClientAlgoId);
        json.WriteString("code", "200");
        json.WriteString("msg", "success");
        json.WriteEndObject();
    }

    private void ListOpen(ApiRequest request, Utf8JsonWriter json)
    {
        if (request.Text("symbol") is not null)
        {
            venue.CheckSymbol(request);
        }

        // One client sends its id filter under the name of normal orders.
        var id = request.Whole("algoId") ?? request.Whole("orderId");
        WriteAll(json, venue.Journal.Algos.Where(algo => algo.IsOpen && (id is null || algo.AlgoId == id)));
    }

    private void ListAll(ApiRequest request, Utf8JsonWriter json)
    {
        venue.CheckSymbol(request);
        var (from, limit) = (request.Whole("algoId") ?? 0, request.Limit(500, 1_000));
        var span = TimeSpanOf.Read(request);
        WriteAll(json, venue.Journal.Algos.Where(algo => algo.AlgoId >= from && span.Holds(algo.CreateTime)).TakeLast(limit));
    }

    private void CancelAll(ApiRequest request, Utf8JsonWriter json)
    {
        venue.CheckSymbol(request);
        foreach (var algo in venue.Journal.Algos.FindAll(algo => algo.IsOpen))
        {
            venue.Desk.Cancel(algo);
        }

        SettingEndpoints.Done(json, "The operation of cancel all open order is done.");
    }

    private AlgoRecord? Find(ApiRequest request)
    {
        if (request.Whole("algoId") is { } id)
        {
            return venue.Journal.Algos.Find(algo => algo.AlgoId == id);
        }

        var clientId = request.Text("clientAlgoId") ?? throw new ApiError(-1102, "Either algoId or clientAlgoId must be sent.");
        return venue.Journal.Algos.FindLast(algo => algo.ClientAlgoId == clientId);
    }

    private void WriteAll(Utf8JsonWriter json, IEnumerable<AlgoRecord> algos)
    {
        json.WriteStartArray();
        foreach (var algo in algos)
        {
            Write(json, algo, isSent: false);
        }

        json.WriteEndArray();
    }

    private void Write(Utf8JsonWriter json, AlgoRecord algo, bool isSent)
    {
        var format = venue.Format;
        json.WriteStartObject();
        json.WriteNumber("algoId", algo.AlgoId);
        json.WriteString("clientAlgoId", algo.ClientAlgoId);
        json.WriteString("algoType", "CONDITIONAL");
        json.WriteString("orderType", algo.Type);
        json.WriteString("symbol", venue.Symbol.Id);
        json.WriteString("side", algo.Side.Text());
        json.WriteString("positionSide", "BOTH");
        json.WriteString("timeInForce", algo.TimeInForce);
        json.WriteString("quantity", format.Quantity(algo.Quantity));
        json.WriteString("algoStatus", algo.Status);
        if (!isSent)
        {
            var actual = algo.Actual;
            json.WriteString("actualOrderId", actual?.OrderId.ToString(CultureInfo.InvariantCulture) ?? "");
            json.Decimal("actualPrice", actual?.AveragePrice ?? 0, 5);
            json.WriteString("actualQty", actual is null ? "0.00000" : format.Quantity(actual.Executed));
            json.WriteString("actualType", actual?.Type ?? "");
            json.WriteString("tpOrderType", "");
        }

        json.WriteString("triggerPrice", format.Price(algo.TriggerPrice));
        json.WriteString("price", format.Price(0));
        json.WriteNull("icebergQuantity");
        json.WriteString("selfTradePreventionMode", algo.SelfTradePrevention);
        json.WriteString("workingType", algo.WorkingType);
        json.WriteString("priceMatch", "NONE");
        json.WriteBoolean("closePosition", algo.ClosePosition);
        json.WriteBoolean("priceProtect", algo.PriceProtect);
        json.WriteBoolean("reduceOnly", algo.ReduceOnly);
        json.WriteString("activatePrice", "");
        json.WriteString("callbackRate", "");
        json.WriteNumber("createTime", algo.CreateTime);
        json.WriteNumber("updateTime", algo.UpdateTime);
        json.WriteNumber("triggerTime", algo.TriggerTime);
        json.WriteNumber("goodTillDate", 0);
        json.WriteEndObject();
    }
}
