using System.Globalization;
using TradingBot.FakeBinance.Protocol;
using TradingBot.FakeBinance.Venue;
using TradingBot.Market;

namespace TradingBot.FakeBinance.Streams;

/// <summary>The events of market streams.</summary>
internal sealed class MarketEvents(FakeVenue venue)
{
    private const int Linear = 1;
    private readonly string _prefix = venue.Symbol.Id.ToLowerInvariant() + "@";
    private long _updateId = 9_900_000_000_000;

    /// <summary>Gets what a stream says now.</summary>
    /// <param name="name">The name of a stream; an unknown one says nothing.</param>
    /// <param name="isAdvanced">Whether a bar has just closed.</param>
    internal IReadOnlyList<StreamMessage> Of(string name, bool isAdvanced)
    {
        if (name is "!bookTicker")
        {
            return [BookTicker(name)];
        }

        if (name.StartsWith("!markPrice@arr", StringComparison.Ordinal))
        {
            return [MarkPrice(name, isArray: true)];
        }

        if (!name.StartsWith(_prefix, StringComparison.Ordinal))
        {
            return [];
        }

        var kind = name[_prefix.Length..];
        return kind.Split('@', '_')[0] switch
        {
            "kline" => Klines(name, kind["kline".Length..].TrimStart('_'), isAdvanced),
            "markPrice" => [MarkPrice(name, isArray: false)],
            "bookTicker" => [BookTicker(name)],
            "depth" or "depth5" or "depth10" or "depth20" => [Depth(name, kind)],
            _ => [],
        };
    }

    private List<StreamMessage> Klines(string name, string text, bool isAdvanced)
    {
        if (!Interval.TryParse(text, out var interval) || !venue.Feed.Serves(interval))
        {
            return [];
        }

        var messages = new List<StreamMessage>(2);
        if (isAdvanced && venue.Feed.JustClosed(interval) is { } closed)
        {
            messages.Add(KlineEvent(name, interval, closed));
        }

        if (venue.Feed.Forming(interval) is { } forming)
        {
            messages.Add(KlineEvent(name, interval, forming));
        }

        return messages;
    }

    private StreamMessage KlineEvent(string name, Interval interval, Kline row) => StreamMessage.Create(name, StreamGroup.Market, "kline", json =>
    {
        var format = venue.Format;
        json.WriteString("e", "kline");
        json.WriteNumber("E", venue.Clock.Shown);
        json.WriteString("s", venue.Symbol.Id);
        json.WriteStartObject("k");
        json.WriteNumber("t", row.OpenTime);
        json.WriteNumber("T", row.EndTime - 1);
        json.WriteString("s", venue.Symbol.Id);
        json.WriteString("i", interval.ToString());
        json.WriteNumber("f", -1);
        json.WriteNumber("L", -1);
        json.WriteString("o", format.Price(row.Open));
        json.WriteString("c", format.Price(row.Close));
        json.WriteString("h", format.Price(row.High));
        json.WriteString("l", format.Price(row.Low));
        json.WriteString("v", format.Quantity(row.Volume));
        json.WriteNumber("n", 0);
        json.WriteBoolean("x", row.IsClosed);
        json.Decimal("q", row.QuoteVolume, 5);
        json.WriteString("V", format.Quantity(row.Volume / 2));
        json.Decimal("Q", row.QuoteVolume / 2, 5);
        json.WriteString("B", "0");
        json.WriteEndObject();
        json.WriteNumber("st", Linear);
    });

    private StreamMessage MarkPrice(string name, bool isArray)
    {
        var message = StreamMessage.Create(name, StreamGroup.Market, "markPriceUpdate", json =>
        {
            var next = venue.Listing.Funding.NextAfter(DateTimeOffset.FromUnixTimeMilliseconds(venue.Now));
            json.WriteString("e", "markPriceUpdate");
            json.WriteNumber("E", venue.Clock.Shown);
            json.WriteString("s", venue.Symbol.Id);
            json.Amount("p", venue.Feed.Price);
            json.Amount("ap", venue.Feed.Price);
            json.Amount("i", venue.Feed.Price);
            json.Amount("P", venue.Feed.Price);
            json.Amount("r", next?.Rate ?? 0);
            json.WriteNumber("T", next?.Time.ToUnixTimeMilliseconds() ?? 0);
            json.WriteNumber("st", Linear);
        });
        return isArray ? message with { Json = [(byte)'[', .. message.Json, (byte)']'] } : message;
    }

    private StreamMessage BookTicker(string name) => StreamMessage.Create(name, StreamGroup.Public, "bookTicker", json =>
    {
        var book = Book.Of(venue);
        json.WriteString("e", "bookTicker");
        json.WriteNumber("u", ++_updateId);
        json.WriteNumber("E", venue.Clock.Shown);
        json.WriteNumber("T", venue.Clock.Shown);
        json.WriteString("s", venue.Symbol.Id);
        json.WriteString("b", venue.Format.Price(book.Bid));
        json.WriteString("B", venue.Format.Quantity(Book.Size));
        json.WriteString("a", venue.Format.Price(book.Ask));
        json.WriteString("A", venue.Format.Quantity(Book.Size));
        json.WriteString("ps", venue.Symbol.Id);
        json.WriteNumber("st", Linear);
    });

    private StreamMessage Depth(string name, string kind) => StreamMessage.Create(name, StreamGroup.Public, "depthUpdate", json =>
    {
        var digits = kind.Split('@')[0]["depth".Length..];
        var levels = digits.Length == 0 ? 20 : int.Parse(digits, CultureInfo.InvariantCulture);
        json.WriteString("e", "depthUpdate");
        json.WriteNumber("E", venue.Clock.Shown);
        json.WriteNumber("T", venue.Clock.Shown);
        json.WriteString("s", venue.Symbol.Id);
        json.WriteNumber("U", _updateId + 1);
        json.WriteNumber("u", _updateId + 1);
        json.WriteNumber("pu", _updateId++);
        Book.Of(venue).WriteLevels(json, "b", "a", levels);
    });
}
