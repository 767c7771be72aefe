using System.Runtime.InteropServices;
using System.Text.Json;

namespace TradingBot.FakeBinance.Venue;

/// <summary>A made-up order book around the last known price, one tick wide and evenly deep; orders do not trade against it.</summary>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct Book(decimal Bid, decimal Ask, decimal Tick, SymbolFormat Format)
{
    internal const decimal Size = 10;

    internal static Book Of(FakeVenue venue)
    {
        var tick = venue.Listing.Info.TickSize;
        var bid = Math.Max(tick, venue.Feed.Price - (venue.Feed.Price % tick));
        return new Book(bid, bid + tick, tick, venue.Format);
    }

    internal void WriteLevels(Utf8JsonWriter json, string bids, string asks, int levels)
    {
        WriteSide(json, bids, Bid, -Tick, levels);
        WriteSide(json, asks, Ask, Tick, levels);
    }

    private void WriteSide(Utf8JsonWriter json, string name, decimal best, decimal step, int levels)
    {
        json.WriteStartArray(name);
        for (var level = 0; level < levels && best + (level * step) > 0; level++)
        {
            json.WriteStartArray();
            json.WriteStringValue(Format.Price(best + (level * step)));
            json.WriteStringValue(Format.Quantity(Size));
            json.WriteEndArray();
        }

        json.WriteEndArray();
    }
}
