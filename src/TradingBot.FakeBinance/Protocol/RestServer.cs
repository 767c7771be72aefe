using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using TradingBot.FakeBinance.Endpoints;
using TradingBot.FakeBinance.Venue;

namespace TradingBot.FakeBinance.Protocol;

/// <summary>Answers REST requests: faults first, then limits, key, time and signature, then the endpoint.</summary>
internal sealed class RestServer
{
    private readonly FakeVenue _venue;
    private readonly FaultPlan _faults;
    private readonly Gatekeeper _gatekeeper;
    private readonly EndpointTable _endpoints = new();

    internal RestServer(FakeVenue venue, FaultPlan faults)
    {
        (_venue, _faults, _gatekeeper) = (venue, faults, new Gatekeeper(venue));
        new MarketEndpoints(venue).AddTo(_endpoints);
        new ExchangeInfoEndpoint(venue).AddTo(_endpoints);
        new AccountEndpoints(venue).AddTo(_endpoints);
        new SettingEndpoints(venue).AddTo(_endpoints);
        new OrderEndpoints(venue).AddTo(_endpoints);
        new AlgoEndpoints(venue).AddTo(_endpoints);
        new HistoryEndpoints(venue).AddTo(_endpoints);
        new ListenKeyEndpoints(venue).AddTo(_endpoints);
    }

    internal async Task ServeAsync(HttpContext context)
    {
        var request = await ApiRequest.ReadAsync(context).ConfigureAwait(false);
        var faults = _faults.Take(request.Method, request.Path);
        Answer? planned = null;
        var (losesRequest, losesAnswer, executes) = (false, false, true);
        TimeSpan before = default, after = default;
        foreach (var fault in faults)
        {
            switch (fault.Kind)
            {
                case ServerFaultKind.DelayRequest:
                    before += fault.Delay;
                    break;
                case ServerFaultKind.DelayAnswer:
                    after += fault.Delay;
                    break;
                case ServerFaultKind.LoseRequest:
                    losesRequest = true;
                    break;
                case ServerFaultKind.LoseAnswer:
                    losesAnswer = true;
                    break;
                case ServerFaultKind.RefuseRequest:
                    executes = false;
                    planned ??= Planned(fault);
                    break;
                case ServerFaultKind.ReplaceAnswer:
                    planned ??= Planned(fault);
                    break;
                case ServerFaultKind.StaleBars:
                    request.HiddenBars += fault.Bars;
                    break;
                case ServerFaultKind.HideOrder:
                    request.HidesOrder = true;
                    break;
            }
        }

        await WaitAsync(before).ConfigureAwait(false);
        if (losesRequest)
        {
            context.Abort();
            return;
        }

        var answer = executes ? Execute(request) : null;
        await WaitAsync(after).ConfigureAwait(false);
        if (losesAnswer)
        {
            context.Abort();
            return;
        }

        await WriteAsync(context, Counted(planned ?? answer!)).ConfigureAwait(false);
    }

    private static Answer Planned(ServerFault fault) => new(fault.Status, Encoding.UTF8.GetBytes(fault.Body))
    {
        ContentType = fault.Body.StartsWith('{') ? "application/json" : "text/plain",
        RetryAfter = fault.RetryAfter,
    };

    // A request whose sender has given up is carried out all the same, so the wait does not end with it.
    private Task WaitAsync(TimeSpan delay) =>
        delay == TimeSpan.Zero ? Task.CompletedTask : Task.Delay(delay, _venue.Options.TimeProvider, _venue.Hub.Closing);

    private Answer Execute(ApiRequest request)
    {
        lock (_venue.Gate)
        {
            try
            {
                _venue.Sync();
                var now = _venue.Clock.Shown;
                var endpoint = _endpoints.Find(request.Method, request.Path);
                _venue.Limits.Charge(endpoint.Weight(request), now);
                if (endpoint.IsFunding)
                {
                    _venue.Limits.ChargeFunding(now);
                }

                _gatekeeper.Check(request, endpoint.Security);
                var (tenSeconds, minute) = endpoint.Orders(request);
                _venue.Limits.ChargeOrders(tenSeconds, minute, now);
                var body = new ArrayBufferWriter<byte>();
                using (var json = new Utf8JsonWriter(body))
                {
                    endpoint.Handle(request, json);
                }

                return new Answer(StatusCodes.Status200OK, body.WrittenMemory);
            }
            catch (ApiError error)
            {
                return new Answer(error.Status, Encoding.UTF8.GetBytes(error.Body)) { RetryAfter = error.RetryAfter };
            }
        }
    }

    private Answer Counted(Answer answer)
    {
        lock (_venue.Gate)
        {
            var now = _venue.Clock.Shown;
            return answer with
            {
                Time = DateTimeOffset.FromUnixTimeMilliseconds(now),
                UsedWeight = _venue.Limits.UsedWeight(now),
                OrdersTenSeconds = _venue.Limits.OrdersTenSeconds(now),
                OrdersMinute = _venue.Limits.OrdersMinute(now),
            };
        }
    }

    private static Task WriteAsync(HttpContext context, Answer answer)
    {
        var response = context.Response;
        response.StatusCode = answer.Status;
        response.ContentType = answer.ContentType;
        response.ContentLength = answer.Body.Length;
        response.Headers.Date = answer.Time.ToString("r", CultureInfo.InvariantCulture);
        response.Headers["X-MBX-USED-WEIGHT-1M"] = answer.UsedWeight.ToString(CultureInfo.InvariantCulture);
        response.Headers["X-MBX-ORDER-COUNT-10S"] = answer.OrdersTenSeconds.ToString(CultureInfo.InvariantCulture);
        response.Headers["X-MBX-ORDER-COUNT-1M"] = answer.OrdersMinute.ToString(CultureInfo.InvariantCulture);
        if (answer.RetryAfter is { } seconds)
        {
            response.Headers.RetryAfter = seconds.ToString(CultureInfo.InvariantCulture);
        }

        return response.Body.WriteAsync(answer.Body, context.RequestAborted).AsTask();
    }
}
