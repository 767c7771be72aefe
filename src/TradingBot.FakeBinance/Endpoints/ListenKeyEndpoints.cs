using System.Text.Json;
using TradingBot.FakeBinance.Protocol;
using TradingBot.FakeBinance.Venue;

namespace TradingBot.FakeBinance.Endpoints;

/// <summary>The key of the user stream.</summary>
internal sealed class ListenKeyEndpoints(FakeVenue venue)
{
    private const string Path = "/fapi/v1/listenKey";

    internal void AddTo(EndpointTable table)
    {
        table.Add(new Endpoint("POST", Path, Security.Key, static _ => 1, (_, json) => Write(json, venue.ListenKeys.Obtain())));
        table.Add(new Endpoint("PUT", Path, Security.Key, static _ => 1, Extend));
        table.Add(new Endpoint("DELETE", Path, Security.Key, static _ => 1, End));
    }

    private static void Write(Utf8JsonWriter json, string key)
    {
        json.WriteStartObject();
        json.WriteString("listenKey", key);
        json.WriteEndObject();
    }

    private void Extend(ApiRequest request, Utf8JsonWriter json)
    {
        if (!venue.ListenKeys.Extend())
        {
            throw new ApiError(-1125, "This listenKey does not exist. Please use POST /fapi/v1/listenKey to recreate your listenKey and reconnect.");
        }

        Write(json, venue.ListenKeys.Current!);
    }

    private void End(ApiRequest request, Utf8JsonWriter json)
    {
        venue.ListenKeys.End();
        json.WriteStartObject();
        json.WriteEndObject();
    }
}
