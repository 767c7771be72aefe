using System.Text.Json;
using TradingBot.FakeBinance.Protocol;
using TradingBot.FakeBinance.Venue;
using TradingBot.Market;

namespace TradingBot.FakeBinance.Endpoints;

/// <summary>Time, klines, prices and funding.</summary>
internal sealed class MarketEndpoints(FakeVenue venue)
{
    private const int UsualRows = 500;
    private const int MostRows = 1_500;
    private const int UsualFundingRows = 100;
    private const int MostFundingRows = 1_000;

    internal void AddTo(EndpointTable table)
    {
        table.Open("/fapi/v1/ping", 1, static (_, json) => Empty(json));
        table.Open("/fapi/v1/time", 1, WriteTime);
        table.Open("/fapi/v1/klines", KlineWeight, (request, json) => Klines(request, json, "symbol", hasVolume: true));
        table.Open("/fapi/v1/continuousKlines", KlineWeight, (request, json) => Klines(request, json, "pair", hasVolume: true));
        table.Open("/fapi/v1/markPriceKlines", KlineWeight, (request, json) => Klines(request, json, "symbol", hasVolume: false));
        table.Open("/fapi/v1/indexPriceKlines", KlineWeight, (request, json) => Klines(request, json, "pair", hasVolume: false));
        table.Open("/fapi/v1/premiumIndexKlines", KlineWeight, PremiumKlines);
        table.Open("/fapi/v1/premiumIndex", OneOr(1, 10), (request, json) => PerSymbol(request, json, WritePremium));
        table.Add(new Endpoint("GET", "/fapi/v1/fundingRate", Security.Public, static _ => 0, FundingRates) { IsFunding = true });
        table.Add(new Endpoint("GET", "/fapi/v1/fundingInfo", Security.Public, static _ => 0, FundingInfo) { IsFunding = true });
        table.Open("/fapi/v1/ticker/price", OneOr(1, 2), (request, json) => PerSymbol(request, json, WritePrice));
        table.Open("/fapi/v2/ticker/price", OneOr(1, 2), (request, json) => PerSymbol(request, json, WritePrice));
        table.Open("/fapi/v1/ticker/bookTicker", OneOr(2, 5), (request, json) => PerSymbol(request, json, WriteBookTicker));
        table.Open("/fapi/v1/ticker/24hr", OneOr(1, 40), (request, json) => PerSymbol(request, json, WriteDay));
        table.Open("/fapi/v1/depth", DepthWeight, Depth);
    }

    private static void Empty(Utf8JsonWriter json)
    {
        json.WriteStartObject();
        json.WriteEndObject();
    }

    private static Func<ApiRequest, int> OneOr(int one, int all) => request => request.Text("symbol") is null ? all : one;

    private static int KlineWeight(ApiRequest request) => request.Limit(UsualRows, MostRows) switch
    {
        < 100 => 1,
        < 500 => 2,
        <= 1_000 => 5,
        _ => 10,
    };

    private static int DepthWeight(ApiRequest request) => request.Whole("limit") switch
    {
        5 or 10 or 20 or 50 => 2,
        100 => 5,
        1_000 => 20,
        _ => 10,
    };

    private void WriteTime(ApiRequest request, Utf8JsonWriter json)
    {
        json.WriteStartObject();
        json.WriteNumber("serverTime", venue.Clock.Shown);
        json.WriteEndObject();
    }

    private IReadOnlyList<Kline> Rows(ApiRequest request, string symbolName)
    {
        venue.CheckSymbol(request, symbolName);
        if (symbolName == "pair" && request.Path == "/fapi/v1/continuousKlines" && request.Required("contractType") != "PERPETUAL")
        {
            throw ApiError.Malformed("contractType");
        }

        var text = request.Required("interval");
        if (!Interval.TryParse(text, out var interval) || !venue.Feed.Serves(interval))
        {
            throw ApiError.InvalidInterval();
        }

        return venue.Feed.Rows(interval, request.Whole("startTime"), request.Whole("endTime"), request.Limit(UsualRows, MostRows), request.HiddenBars);
    }

    private void Klines(ApiRequest request, Utf8JsonWriter json, string symbolName, bool hasVolume)
    {
        var format = venue.Format;
        json.WriteStartArray();
        foreach (var row in Rows(request, symbolName))
        {
            json.WriteStartArray();
            json.WriteNumberValue(row.OpenTime);
            json.WriteStringValue(format.Price(row.Open));
            json.WriteStringValue(format.Price(row.High));
            json.WriteStringValue(format.Price(row.Low));
            json.WriteStringValue(format.Price(row.Close));
            json.WriteStringValue(hasVolume ? format.Quantity(row.Volume) : "0");
            json.WriteNumberValue(row.EndTime - 1);
            json.WriteStringValue(hasVolume ? row.QuoteVolume.Text(5) : "0");
            json.WriteNumberValue(0);
            json.WriteStringValue(hasVolume ? format.Quantity(row.Volume / 2) : "0");
            json.WriteStringValue(hasVolume ? (row.QuoteVolume / 2).Text(5) : "0");
            json.WriteStringValue("0");
            json.WriteEndArray();
        }

        json.WriteEndArray();
    }

    // The index is the mark here, so there is no premium.
    private void PremiumKlines(ApiRequest request, Utf8JsonWriter json)
    {
        json.WriteStartArray();
        foreach (var row in Rows(request, "symbol"))
        {
            json.WriteStartArray();
            json.WriteNumberValue(row.OpenTime);
            for (var i = 0; i < 5; i++)
            {
                json.WriteStringValue("0");
            }

            json.WriteNumberValue(row.EndTime - 1);
            json.WriteStringValue("0");
            json.WriteNumberValue(0);
            json.WriteStringValue("0");
            json.WriteStringValue("0");
            json.WriteStringValue("0");
            json.WriteEndArray();
        }

        json.WriteEndArray();
    }

    private void PerSymbol(ApiRequest request, Utf8JsonWriter json, Action<Utf8JsonWriter> write)
    {
        if (request.Text("symbol") is not null)
        {
            venue.CheckSymbol(request);
            write(json);
            return;
        }

        json.WriteStartArray();
        write(json);
        json.WriteEndArray();
    }

    private void WritePremium(Utf8JsonWriter json)
    {
        var next = venue.Listing.Funding.NextAfter(DateTimeOffset.FromUnixTimeMilliseconds(venue.Now));
        var price = venue.Feed.Price;
        json.WriteStartObject();
        json.WriteString("symbol", venue.Symbol.Id);
        json.Amount("markPrice", price);
        json.Amount("indexPrice", price);
        json.Amount("estimatedSettlePrice", price);
        json.Amount("lastFundingRate", next?.Rate ?? 0);
        json.WriteString("interestRate", "0.00010000");
        json.WriteNumber("nextFundingTime", next?.Time.ToUnixTimeMilliseconds() ?? 0);
        json.WriteNumber("time", venue.Clock.Shown);
        json.WriteEndObject();
    }

    private void WritePrice(Utf8JsonWriter json)
    {
        json.WriteStartObject();
        json.WriteString("symbol", venue.Symbol.Id);
        json.WriteString("price", venue.Format.Price(venue.Feed.Price));
        json.WriteNumber("time", venue.Clock.Shown);
        json.WriteEndObject();
    }

    private void WriteBookTicker(Utf8JsonWriter json)
    {
        var book = Book.Of(venue);
        json.WriteStartObject();
        json.WriteString("symbol", venue.Symbol.Id);
        json.WriteString("bidPrice", venue.Format.Price(book.Bid));
        json.WriteString("bidQty", venue.Format.Quantity(Book.Size));
        json.WriteString("askPrice", venue.Format.Price(book.Ask));
        json.WriteString("askQty", venue.Format.Quantity(Book.Size));
        json.WriteNumber("time", venue.Clock.Shown);
        json.WriteNumber("lastUpdateId", venue.Clock.Shown);
        json.WriteEndObject();
    }

    // Over the closed bars of the last 24 hours, at least one.
    private void WriteDay(Utf8JsonWriter json)
    {
        var bars = venue.Feed.Bars;
        var count = Math.Clamp((int)(TimeSpan.FromDays(1) / bars.Interval.Length), 1, venue.Feed.Running);
        var day = bars.Slice(venue.Feed.Running - count, count);
        var (open, last) = (JsonNumbers.Exactly(day.Opens[0]), venue.Feed.Price);
        var (high, low, volume) = (last, last, 0m);
        foreach (var bar in day)
        {
            (high, low) = (Math.Max(high, JsonNumbers.Exactly(bar.High)), Math.Min(low, JsonNumbers.Exactly(bar.Low)));
            volume += JsonNumbers.Exactly(bar.Volume);
        }

        var mean = (open + high + low + last) / 4;
        var format = venue.Format;
        json.WriteStartObject();
        json.WriteString("symbol", venue.Symbol.Id);
        json.WriteString("priceChange", format.Price(last - open));
        json.WriteString("priceChangePercent", decimal.Round((last - open) / open * 100, 3).Text(3));
        json.WriteString("weightedAvgPrice", format.Price(decimal.Round(mean, 8)));
        json.WriteString("lastPrice", format.Price(last));
        json.WriteString("lastQty", format.Quantity(0));
        json.WriteString("openPrice", format.Price(open));
        json.WriteString("highPrice", format.Price(high));
        json.WriteString("lowPrice", format.Price(low));
        json.WriteString("volume", format.Quantity(volume));
        json.WriteString("quoteVolume", (volume * mean).Text(2));
        json.WriteNumber("openTime", day.OpenTimes[0]);
        json.WriteNumber("closeTime", venue.Clock.Shown);
        json.WriteNumber("firstId", -1);
        json.WriteNumber("lastId", -1);
        json.WriteNumber("count", 0);
        json.WriteEndObject();
    }

    private void Depth(ApiRequest request, Utf8JsonWriter json)
    {
        venue.CheckSymbol(request);
        var levels = request.Whole("limit") ?? UsualRows;
        if (levels is not (5 or 10 or 20 or 50 or 100 or 500 or 1_000))
        {
            throw new ApiError(-4021, $"{levels} is not a valid depth limit.");
        }

        json.WriteStartObject();
        json.WriteNumber("lastUpdateId", venue.Clock.Shown);
        json.WriteNumber("E", venue.Clock.Shown);
        json.WriteNumber("T", venue.Clock.Shown);
        Book.Of(venue).WriteLevels(json, "bids", "asks", (int)levels);
        json.WriteEndObject();
    }

    private void FundingRates(ApiRequest request, Utf8JsonWriter json)
    {
        if (request.Text("symbol") is not null)
        {
            venue.CheckSymbol(request);
        }

        var limit = request.Limit(UsualFundingRows, MostFundingRows);
        var (start, end) = (request.Whole("startTime"), Math.Min(request.Whole("endTime") ?? long.MaxValue, venue.Now));
        var first = venue.Feed.Bars.OpenTimes[0];
        var after = Math.Max(first, start ?? long.MinValue) - 1;
        var rates = new List<(long Time, decimal Rate)>();
        for (var next = NextAfter(after); next is { } rate && rate.Time <= end && (start is null || rates.Count < limit); next = NextAfter(rate.Time))
        {
            rates.Add(rate);
        }

        json.WriteStartArray();
        foreach (var (time, rate) in rates.TakeLast(limit))
        {
            json.WriteStartObject();
            json.WriteString("symbol", venue.Symbol.Id);
            json.WriteNumber("fundingTime", time);
            json.Amount("fundingRate", rate);
            json.Amount("markPrice", venue.Feed.PriceAt(time));
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private (long Time, decimal Rate)? NextAfter(long time) =>
        venue.Listing.Funding.NextAfter(DateTimeOffset.FromUnixTimeMilliseconds(time)) is { } next
            ? (next.Time.ToUnixTimeMilliseconds(), next.Rate)
            : null;

    // Only symbols whose interval or limits were adjusted are listed; here none was.
    private static void FundingInfo(ApiRequest request, Utf8JsonWriter json)
    {
        json.WriteStartArray();
        json.WriteEndArray();
    }
}
