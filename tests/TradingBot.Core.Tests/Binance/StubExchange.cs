using System.Net;
using System.Text;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using TradingBot.Binance;
using TradingBot.Testing;
using TradingBot.Tests.Shared;

namespace TradingBot.Core.Tests.Binance;

/// <summary>Answers requests in the place of the exchange and remembers them. A route without an answer fails the test.</summary>
internal sealed class StubExchange
{
    public const string ApiKey = TestKeys.Key;
    public const string ApiSecret = TestKeys.Secret;

    /// <summary>What the key may do, which the spot market tells.</summary>
    public const string KeyPermissions = "GET /sapi/v1/account/apiRestrictions";

    /// <summary>2026-11-18 12:00:12.123 UTC, the time in the documented examples.</summary>
    public static readonly DateTimeOffset Now = DateTimeOffset.FromUnixTimeMilliseconds(1_795_003_212_123);

    private readonly Dictionary<string, Func<StubRequest, HttpResponseMessage>> _routes = new(StringComparer.Ordinal);
    private readonly Lock _sync = new();
    private readonly List<StubRequest> _requests = [];

    public StubExchange()
    {
        Clock = new ManualTimeProvider(Now);
        On(KeyPermissions, """{"ipRestrict":true,"enableReading":true,"enableWithdrawals":false,"enableFutures":true}""");
        On("GET /fapi/v1/time", _ => Json($$"""{"serverTime":{{(Clock.GetUtcNow() + ClockAhead).ToUnixTimeMilliseconds()}}}"""));
    }

    public ManualTimeProvider Clock { get; }

    /// <summary>Gets or sets how far the exchange's clock is ahead.</summary>
    public TimeSpan ClockAhead { get; set; }

    public LogLines Log { get; } = new();

    public IReadOnlyList<StubRequest> Requests
    {
        get
        {
            lock (_sync)
            {
                return [.. _requests];
            }
        }
    }

    /// <summary>Gets the routes that were asked for, in order, but for the time and what the key may do.</summary>
    public IEnumerable<string> Routes => Requests.Select(request => request.Route).Where(route => route is not ("GET /fapi/v1/time" or KeyPermissions));

    public StubExchange On(string route, string json) => On(route, _ => Json(json));

    public StubExchange On(string route, Func<StubRequest, HttpResponseMessage> answer)
    {
        _routes[route] = answer;
        return this;
    }

    /// <summary>Answers in turn; the last answer stays.</summary>
    public StubExchange OnSequence(string route, params Func<StubRequest, HttpResponseMessage>[] answers)
    {
        var next = 0;
        return On(route, request => answers[Math.Min(next++, answers.Length - 1)](request));
    }

    public BinanceClient Client(Action<BinanceOptions>? configure = null, bool withKey = true)
    {
        var options = new BinanceOptions
        {
            Environment = BinanceEnvironment.Custom,
            RestAddress = new Uri("http://localhost:1"),
            StreamAddress = new Uri("ws://localhost:1"),
            Credentials = withKey ? new BinanceCredentials(ApiKey, ApiSecret) : null,
            JitterSeed = 7,
        };
        configure?.Invoke(options);
        return new BinanceClient(Options.Create(options), Clock, new Logger<BinanceClient>(Log), new HttpClient(new Handler(this)));
    }

    public static HttpResponseMessage Json(string json, HttpStatusCode status = HttpStatusCode.OK) =>
        new(status) { Content = new StringContent(json, Encoding.UTF8, "application/json") };

    public static HttpResponseMessage Error(int status, int code, string message = "Refused.") =>
        Json($$"""{"code":{{code}},"msg":"{{message}}"}""", (HttpStatusCode)status);

    private async Task<HttpResponseMessage> AnswerAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var body = request.Content is null ? "" : await request.Content.ReadAsStringAsync(cancellationToken);
        var query = request.RequestUri!.Query;
        var received = new StubRequest(
            request.Method.Method,
            request.RequestUri.AbsolutePath,
            query.Length > 0 ? query[1..] : body,
            request.Headers.TryGetValues("X-MBX-APIKEY", out var keys) ? keys.Single() : null)
        { Host = request.RequestUri.Host };
        lock (_sync)
        {
            _requests.Add(received);
        }

        return _routes.TryGetValue(received.Route, out var answer)
            ? answer(received)
            : throw new InvalidOperationException($"No answer was prepared for {received.Route}.");
    }

    private sealed class Handler(StubExchange exchange) : HttpMessageHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
            exchange.AnswerAsync(request, cancellationToken);
    }
}
