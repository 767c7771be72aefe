using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using TradingBot.Market;
using TradingBot.Simulation;
using TradingBot.Testing;
using TradingBot.Tests.Shared;
using TradingBot.Trading;

namespace TradingBot.FakeBinance.Tests;

/// <summary>A server on rising hourly bars, and a client of its protocol that signs by itself.</summary>
internal sealed class Rig : IAsyncDisposable
{
    public const string Key = TestKeys.Key;
    public const string Secret = TestKeys.Secret;
    public const int Closed = 10;
    public static readonly DateTimeOffset Start = new(2026, 3, 2, 0, 0, 0, TimeSpan.Zero);
    private readonly HttpClient _http = new();

    private Rig(FakeBinanceServer server, ManualTimeProvider time) => (Server, Time) = (server, time);

    public FakeBinanceServer Server { get; }

    public ManualTimeProvider Time { get; }

    public long Now => Server.Time.ToUnixTimeMilliseconds();

    /// <summary>Bars of which each opens 100 above the one before, and goes 50 below and 150 above its open.</summary>
    public static BarSeries Bars(int count = 60, double step = 100, GapPolicy gaps = GapPolicy.Reject) =>
        BarSeries.Create(Symbol.Parse("BTCUSDT"), Interval.OneHour, gaps, Enumerable.Range(0, count).Select(i => Bar(i, step)));

    public static Bar Bar(int i, double step = 100)
    {
        var open = 60_000 + (step * i);
        return new Bar(Start.AddHours(i), TimeSpan.FromHours(1), open, Math.Max(open, open + step) + 50, Math.Min(open, open + step) - 50, open + step, 10);
    }

    public static async Task<Rig> StartAsync(Func<ManualTimeProvider, FakeBinanceOptions>? options = null)
    {
        var time = new ManualTimeProvider(new DateTimeOffset(2026, 6, 1, 12, 0, 0, TimeSpan.Zero));
        return new Rig(await FakeBinanceServer.StartAsync(options?.Invoke(time) ?? Options(time)), time);
    }

    public static FakeBinanceOptions Options(ManualTimeProvider time, BarSeries? bars = null, SimulatedExchangeOptions? exchange = null) =>
        new() { Bars = bars ?? Bars(), ClosedBars = Closed, ApiKey = Key, ApiSecret = Secret, TimeProvider = time, Exchange = exchange ?? Exchange() };

    /// <summary>A cross account of 10,000 at 20 times that pays 0.02 per cent of slippage.</summary>
    public static SimulatedExchangeOptions Exchange(decimal step = 0.001m, decimal? minQuantity = null, decimal minNotional = 50) => new()
    {
        Markets =
        [
            new MarketListing(new SymbolInfo
            {
                Symbol = Symbol.Parse("BTCUSDT"),
                TickSize = 0.1m,
                StepSize = step,
                MinQuantity = minQuantity ?? step,
                MaxQuantity = 1_000,
                MaxMarketQuantity = 120,
                MinNotional = minNotional,
            }) { Funding = FundingSchedule.Fixed(0.0001m) },
        ],
        Slippage = SlippageModel.Fixed(0.0002m),
        Leverage = 20,
        MarginMode = MarginMode.Cross,
    };

    public Task<Reply> GetAsync(string path, string query = "") => SendAsync(HttpMethod.Get, path, query, "", key: null);

    /// <summary>Sends a signed request with its parameters where the exchange's own clients put them.</summary>
    public Task<Reply> SignedAsync(string method, string path, string parameters = "")
    {
        var all = Stamp(parameters);
        all += "&signature=" + Sign(all);
        return method is "GET" or "DELETE" ? SendAsync(new HttpMethod(method), path, all, "") : SendAsync(new HttpMethod(method), path, "", all);
    }

    public string Stamp(string parameters) =>
        string.Create(CultureInfo.InvariantCulture, $"{parameters}{(parameters.Length > 0 ? "&" : "")}timestamp={Now}");

    public static string Sign(string text) =>
        Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(Secret), Encoding.UTF8.GetBytes(text)));

    public async Task<Reply> SendAsync(HttpMethod method, string path, string query, string body, string? key = Key)
    {
        using var request = new HttpRequestMessage(method, new Uri(Server.RestAddress, path + (query.Length > 0 ? "?" + query : "")));
        if (key is not null)
        {
            request.Headers.Add("X-MBX-APIKEY", key);
        }

        if (body.Length > 0)
        {
            request.Content = new StringContent(body, Encoding.UTF8, "application/x-www-form-urlencoded");
        }

        using var response = await _http.SendAsync(request);
        return await Reply.ReadAsync(response);
    }

    public Task<Reply> OrderAsync(string parameters) => SignedAsync("POST", "/fapi/v1/order", "symbol=BTCUSDT&" + parameters);

    public Task<Reply> BuyAsync(string quantity = "0.02", string id = "entry") =>
        OrderAsync($"side=BUY&type=MARKET&quantity={quantity}&newClientOrderId={id}&newOrderRespType=RESULT");

    public Task<Reply> AlgoAsync(string parameters) => SignedAsync("POST", "/fapi/v1/algoOrder", "algoType=CONDITIONAL&symbol=BTCUSDT&" + parameters);

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        await Server.DisposeAsync();
    }
}
