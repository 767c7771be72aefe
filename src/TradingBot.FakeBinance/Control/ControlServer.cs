using System.Buffers;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using TradingBot.FakeBinance.Protocol;

namespace TradingBot.FakeBinance.Control;

/// <summary>Answers requests under <c>/control</c>, which move time, make faults and read the state. No faults or limits apply to them.</summary>
internal sealed class ControlServer(FakeBinanceServer server)
{
    internal const string Prefix = "/control";
    private readonly StateJson _state = new(server.Venue);

    internal async Task ServeAsync(HttpContext context)
    {
        var request = await ApiRequest.ReadAsync(context).ConfigureAwait(false);
        var body = new ArrayBufferWriter<byte>();
        var status = StatusCodes.Status200OK;
        using (var json = new Utf8JsonWriter(body))
        {
            try
            {
                Carry(request, json);
            }
            catch (Exception e) when (e is ApiError or InvalidOperationException or ArgumentException)
            {
                status = e is ApiError { Status: var given } ? given : StatusCodes.Status409Conflict;
                json.Reset();
                body.Clear();
                json.Reset(body);
                json.WriteStartObject();
                json.WriteString("error", e.Message);
                json.WriteEndObject();
            }
        }

        context.Response.StatusCode = status;
        context.Response.ContentType = "application/json";
        await context.Response.Body.WriteAsync(body.WrittenMemory, context.RequestAborted).ConfigureAwait(false);
    }

    private void Carry(ApiRequest request, Utf8JsonWriter json)
    {
        switch (request.Method, request.Path[Prefix.Length..])
        {
            case ("GET", "/state"):
                break;
            case ("POST", "/advance"):
                server.AdvanceBars((int)Math.Clamp(request.Whole("bars") ?? 1, int.MinValue, int.MaxValue));
                break;
            case ("POST", "/time"):
                request.Required("ms");
                server.SetTime(DateTimeOffset.FromUnixTimeMilliseconds(request.Whole("ms")!.Value));
                break;
            case ("POST", "/skew"):
                request.Required("ms");
                server.ClockSkew = TimeSpan.FromMilliseconds(request.Whole("ms")!.Value);
                break;
            case ("POST", "/market"):
                request.Required("open");
                server.IsMarketOpen = request.Flag("open");
                break;
            case ("POST", "/disconnect"):
                server.Disconnect();
                break;
            case ("POST", "/expire-listen-key"):
                server.ExpireListenKey();
                break;
            case ("POST", "/faults"):
                server.Inject(FaultForm.Read(request));
                WriteFaults(json);
                return;
            case ("DELETE", "/faults"):
                server.ClearFaults();
                WriteFaults(json);
                return;
            case ("GET", "/faults"):
                WriteFaults(json);
                return;
            default:
                throw new ApiError(-5000, $"{request.Method} {request.Path} is no control request; docs/fake-binance.md lists them.", StatusCodes.Status404NotFound);
        }

        lock (server.Venue.Gate)
        {
            server.Venue.Sync();
            _state.Write(json);
        }
    }

    private void WriteFaults(Utf8JsonWriter json)
    {
        json.WriteStartArray();
        foreach (var (fault, left) in server.PendingFaults)
        {
            json.WriteStartObject();
            json.WriteString("kind", fault.Kind.ToString());
            json.WriteString("method", fault.Method);
            json.WriteString("path", fault.Path);
            json.WriteString("event", fault.Event);
            json.WriteNumber("left", left);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }
}
