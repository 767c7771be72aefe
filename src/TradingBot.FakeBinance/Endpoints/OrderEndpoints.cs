using System.Globalization;
using System.Text.Json;
using TradingBot.FakeBinance.Protocol;
using TradingBot.FakeBinance.Venue;

namespace TradingBot.FakeBinance.Endpoints;

/// <summary>Sending, changing, canceling and looking up of normal orders.</summary>
internal sealed class OrderEndpoints(FakeVenue venue)
{
    private const string OrderPath = "/fapi/v1/order";
    private const string BatchPath = "/fapi/v1/batchOrders";
    private const int MostInBatch = 5;
    private const int MostInBatchCancel = 10;
    private readonly OrderForm _form = new(venue);
    private readonly OrderJson _json = new(venue);
    private long _changes;

    internal void AddTo(EndpointTable table)
    {
        table.Add(new Endpoint("POST", OrderPath, Security.Signed, static _ => 0, Send) { Orders = static _ => (1, 1) });
        table.Add(new Endpoint("PUT", OrderPath, Security.Signed, static _ => 0, Change) { Orders = static _ => (1, 1) });
        table.Add(new Endpoint("POST", BatchPath, Security.Signed, static _ => 5, SendBatch) { Orders = static _ => (MostInBatch, 1) });
        table.Signed("POST", "/fapi/v1/order/test", 0, Test);
        table.Signed("GET", OrderPath, 1, Get);
        table.Signed("DELETE", OrderPath, 1, Cancel);
        table.Signed("DELETE", BatchPath, 1, CancelBatch);
        table.Signed("GET", "/fapi/v1/openOrder", 1, GetOpen);
        table.Signed("GET", "/fapi/v1/openOrders", static request => request.Text("symbol") is null ? 40 : 1, ListOpen);
        table.Signed("DELETE", "/fapi/v1/allOpenOrders", 1, CancelAll);
        table.Signed("POST", "/fapi/v1/countdownCancelAll", 10, CountdownCancelAll);
    }

    private void Send(ApiRequest request, Utf8JsonWriter json)
    {
        var ticket = _form.ReadOrder(request);
        _json.WriteSent(json, venue.Desk.Place(ticket), isAcknowledged: !ticket.WantsResult);
    }

    private void Test(ApiRequest request, Utf8JsonWriter json)
    {
        _form.ReadOrder(request);
        json.WriteStartObject();
        json.WriteEndObject();
    }

    private void Change(ApiRequest request, Utf8JsonWriter json)
    {
        var order = FindOpen(request) ?? throw ApiError.NoSuchOrder();
        venue.Desk.Amend(order, _form.ReadChange(request, order));
        _json.WriteSent(json, order, changeId: ++_changes);
    }

    private void SendBatch(ApiRequest request, Utf8JsonWriter json)
    {
        using var document = ReadArray(request, "batchOrders");
        var count = document.RootElement.GetArrayLength();
        if (count is 0 or > MostInBatch || document.RootElement.EnumerateArray().Any(element => element.ValueKind != JsonValueKind.Object))
        {
            throw new ApiError(-4082, "Invalid number of batch place orders.");
        }

        json.WriteStartArray();
        foreach (var element in document.RootElement.EnumerateArray())
        {
            TryWrite(json, () =>
            {
                var ticket = _form.ReadOrder(new ApiRequest(request, element));
                var order = venue.Desk.Place(ticket);
                return () => _json.WriteSent(json, order, isAcknowledged: !ticket.WantsResult);
            });
        }

        json.WriteEndArray();
    }

    private void Get(ApiRequest request, Utf8JsonWriter json)
    {
        var order = request.HidesOrder ? null : Find(request);
        _json.WriteFound(json, order is not null && !order.IsForgotten(venue.Now) ? order : throw ApiError.NoSuchOrder());
    }

    private void GetOpen(ApiRequest request, Utf8JsonWriter json) =>
        _json.WriteFound(json, (request.HidesOrder ? null : FindOpen(request)) ?? throw ApiError.NoSuchOrder());

    private void ListOpen(ApiRequest request, Utf8JsonWriter json)
    {
        if (request.Text("symbol") is not null)
        {
            venue.CheckSymbol(request);
        }

        json.WriteStartArray();
        foreach (var order in venue.Journal.Orders.Where(order => order.IsOpen))
        {
            _json.WriteFound(json, order);
        }

        json.WriteEndArray();
    }

    private void Cancel(ApiRequest request, Utf8JsonWriter json)
    {
        var order = FindOpen(request) ?? throw ApiError.UnknownOrder();
        venue.Desk.Cancel(order);
        _json.WriteSent(json, order);
    }

    private void CancelBatch(ApiRequest request, Utf8JsonWriter json)
    {
        venue.CheckSymbol(request);
        var isByClientId = request.Text("orderIdList") is null;
        using var document = ReadArray(request, isByClientId ? "origClientOrderIdList" : "orderIdList");
        if (document.RootElement.GetArrayLength() is 0 or > MostInBatchCancel)
        {
            throw new ApiError(-4082, "Invalid number of batch place orders.");
        }

        json.WriteStartArray();
        foreach (var element in document.RootElement.EnumerateArray())
        {
            TryWrite(json, () =>
            {
                var id = element.ToString();
                var order = venue.Journal.Orders.FindLast(order => order.IsOpen
                    && (isByClientId ? order.ClientOrderId : order.OrderId.ToString(CultureInfo.InvariantCulture)) == id);
                venue.Desk.Cancel(order ?? throw ApiError.UnknownOrder());
                return () => _json.WriteSent(json, order);
            });
        }

        json.WriteEndArray();
    }

    private void CancelAll(ApiRequest request, Utf8JsonWriter json)
    {
        venue.CheckSymbol(request);
        venue.Desk.CancelAll();
        SettingEndpoints.Done(json, "The operation of cancel all open order is done.");
    }

    private void CountdownCancelAll(ApiRequest request, Utf8JsonWriter json)
    {
        venue.CheckSymbol(request);
        request.Required("countdownTime");
        var time = request.Whole("countdownTime")!.Value;
        if (time < 0)
        {
            throw ApiError.Malformed("countdownTime");
        }

        venue.CancelAllAfter(time);
        json.WriteStartObject();
        json.WriteString("symbol", venue.Symbol.Id);
        json.WriteString("countdownTime", time.ToString(CultureInfo.InvariantCulture));
        json.WriteEndObject();
    }

    private static JsonDocument ReadArray(ApiRequest request, string name)
    {
        JsonDocument document;
        try
        {
            document = JsonDocument.Parse(request.Required(name));
        }
        catch (JsonException)
        {
            throw ApiError.Malformed(name);
        }

        return document.RootElement.ValueKind == JsonValueKind.Array ? document : throw ApiError.Malformed(name);
    }

    // Each element of a batch succeeds or fails alone.
    private static void TryWrite(Utf8JsonWriter json, Func<Action> execute)
    {
        Action write;
        try
        {
            write = execute();
        }
        catch (ApiError error)
        {
            write = () => json.WriteRawValue(error.Body);
        }

        write();
    }

    private OrderRecord? Find(ApiRequest request)
    {
        venue.CheckSymbol(request);
        if (request.Whole("orderId") is { } id)
        {
            return venue.Journal.Orders.Find(order => order.OrderId == id);
        }

        var clientId = request.Text("origClientOrderId")
            ?? throw new ApiError(-1102, "Either orderId or origClientOrderId must be sent.");
        return venue.Journal.Orders.FindLast(order => order.ClientOrderId == clientId);
    }

    private OrderRecord? FindOpen(ApiRequest request) => Find(request) is { IsOpen: true } order ? order : null;
}
