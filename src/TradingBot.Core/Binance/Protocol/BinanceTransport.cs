using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Microsoft.Extensions.Logging;
using Polly;
using Polly.Retry;
using TradingBot.Trading;

namespace TradingBot.Binance.Protocol;

/// <summary>Sends requests: signs them, keeps to the limits, repeats readings, and turns every failure into an <see cref="ExchangeException"/>.</summary>
internal sealed class BinanceTransport
{
    private static readonly TimeSpan FirstRetryDelay = TimeSpan.FromMilliseconds(200);
    private readonly HttpClient _http;
    private readonly BinanceOptions _options;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly string _address;
    private readonly ResiliencePipeline _repeating;

    public BinanceTransport(HttpClient http, BinanceOptions options, TimeProvider time, ILogger logger)
    {
        (_http, _options, _time, _logger) = (http, options, time, logger);
        _address = options.EffectiveRestAddress.GetLeftPart(UriPartial.Authority);
        Clock = new ExchangeClock(time);
        Gate = new RateGate(Clock, time, options, logger);
        Jitter = new Jitter(options.JitterSeed ?? unchecked((int)time.GetUtcNow().Ticks));
        _repeating = CreatePipeline();
    }

    public ExchangeClock Clock { get; }

    public RateGate Gate { get; }

    public Jitter Jitter { get; }

    public TimeProvider Time => _time;

    public ILogger Logger => _logger;

    public Task<T> SendAsync<T>(BinanceRequest request, JsonTypeInfo<T> type, CancellationToken cancellationToken) =>
        SendAsync(request, body => JsonSerializer.Deserialize(body, type) ?? throw new JsonException("Expected a value, found null."), cancellationToken);

    public async Task<T> SendAsync<T>(BinanceRequest request, BodyReader<T> read, CancellationToken cancellationToken)
    {
        if (request.Kind == RequestKind.Trade)
        {
            return await SendOnceAsync(request, read, cancellationToken).ConfigureAwait(false);
        }

        return await _repeating.ExecuteAsync(
            static (call, token) => new ValueTask<T>(call.Transport.SendOnceAsync(call.Request, call.Read, token)),
            (Transport: this, Request: request, Read: read),
            cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Gets the exchange's time, measuring the difference to this machine's clock first if that is due.</summary>
    public async ValueTask<DateTimeOffset> GetExchangeTimeAsync(CancellationToken cancellationToken)
    {
        if (Clock.IsStale)
        {
            await MeasureClockAsync(cancellationToken).ConfigureAwait(false);
        }

        return Clock.GetUtcNow();
    }

    /// <summary>Measures the difference between the exchange's clock and this machine's.</summary>
    public async Task<DateTimeOffset> MeasureClockAsync(CancellationToken cancellationToken)
    {
        var sent = 0L;
        var answer = await SendAsync(
            BinanceRequest.Get("/fapi/v1/time", 1),
            body =>
            {
                var received = _time.GetTimestamp();
                var value = JsonSerializer.Deserialize(body, BinanceJson.Default.ServerTimeAnswer)!.ServerTime;
                Clock.Set(value, sent, received);
                return value;
            },
            () => sent = _time.GetTimestamp(),
            cancellationToken).ConfigureAwait(false);
        _logger.ClockMeasured(Clock.Offset);
        return answer;
    }

    private Task<T> SendAsync<T>(BinanceRequest request, BodyReader<T> read, Action sending, CancellationToken cancellationToken) =>
        _repeating.ExecuteAsync(
            static (call, token) => new ValueTask<T>(call.Transport.SendOnceAsync(call.Request, call.Read, token, call.Sending)),
            (Transport: this, Request: request, Read: read, Sending: sending),
            cancellationToken).AsTask();

    /// <summary>Sends a request whose answer is not worth the wait for a second attempt.</summary>
    public async Task<T> SendOnceAsync<T>(BinanceRequest request, BodyReader<T> read, CancellationToken cancellationToken, Action? sending = null)
    {
        if (request.Security == RequestSecurity.Signed && Clock.IsStale)
        {
            await MeasureClockAsync(cancellationToken).ConfigureAwait(false);
        }

        var sent = await Gate.AcquireAsync(request, cancellationToken).ConfigureAwait(false);
        HttpResponseMessage? response = null;
        try
        {
            sending?.Invoke();
            using var timeout = new CancellationTokenSource(_options.RequestTimeout, _time);

            // A request that trades and is on its way is heard out: to abandon it would only make its outcome unknown.
            using var either = CancellationTokenSource.CreateLinkedTokenSource(
                timeout.Token, request.Kind == RequestKind.Trade ? CancellationToken.None : cancellationToken);
            using var message = Compose(request);
            response = await _http.SendAsync(message, HttpCompletionOption.ResponseHeadersRead, either.Token).ConfigureAwait(false);
            using var body = await ResponseBody.ReadAsync(response.Content, either.Token).ConfigureAwait(false);
            return response.IsSuccessStatusCode ? read(body.Span) : throw Refusal(request, response, body.Span);
        }
        catch (ExchangeException e) when (e.Kind == ExchangeErrorKind.ClockSkew)
        {
            await MeasureClockAsync(cancellationToken).ConfigureAwait(false);
            throw;
        }
        catch (Exception e) when (FailureOf(request, e, cancellationToken) is { } failure)
        {
            // A parser's message quotes the text, which may be a key of a stream.
            throw new ExchangeException(failure.Kind, $"{request}: {failure.Reason}", e is JsonException or FormatException ? null : e);
        }
        finally
        {
            Gate.Complete(request, sent, request.Address is null ? response?.Headers : null);
            response?.Dispose();
        }
    }

    private HttpRequestMessage Compose(BinanceRequest request)
    {
        var parameters = request.Parameters;
        if (request.Security == RequestSecurity.Signed)
        {
            var separator = parameters.Length == 0 ? "" : "&";
            parameters = string.Create(
                CultureInfo.InvariantCulture,
                $"{parameters}{separator}recvWindow={_options.ReceiveWindow.TotalMilliseconds:0}&timestamp={Clock.GetUtcNow().ToUnixTimeMilliseconds()}");
            parameters += $"&signature={RequestSigner.Sign(Credentials(request).Secret, parameters)}";
        }

        // What is signed must reach the wire as it is. What trades has a body, be it an empty one: the platform's handler sends a
        // request without one again, up to three times, when a kept-alive connection is cut before the answer.
        var hasBody = request.Method == HttpMethod.Post || request.Method == HttpMethod.Put;
        var address = request.Address?.GetLeftPart(UriPartial.Authority) ?? _address;
        var target = hasBody || parameters.Length == 0 ? address + request.Path : $"{address}{request.Path}?{parameters}";
        var message = new HttpRequestMessage(request.Method, new Uri(target, new UriCreationOptions { DangerousDisablePathAndQueryCanonicalization = true }))
        {
            Content = hasBody ? new StringContent(parameters, Encoding.ASCII, "application/x-www-form-urlencoded")
                : request.Kind == RequestKind.Trade ? new ByteArrayContent([])
                : null,
        };
        if (request.Security != RequestSecurity.None)
        {
            message.Headers.TryAddWithoutValidation("X-MBX-APIKEY", Credentials(request).ApiKey);
        }

        return message;
    }

    private BinanceCredentials Credentials(BinanceRequest request) =>
        _options.Credentials
        ?? throw new ExchangeException(ExchangeErrorKind.Authentication, $"{request}: needs an API key; set {nameof(BinanceOptions)}.{nameof(BinanceOptions.Credentials)}.");

    private ExchangeException Refusal(BinanceRequest request, HttpResponseMessage response, ReadOnlySpan<byte> bytes)
    {
        var body = BinanceErrorBody.Read(bytes);
        var message = body.Message;
        if (message is not null && _options.Credentials is { } credentials)
        {
            message = message.Replace(credentials.ApiKey, "(key)", StringComparison.Ordinal);
        }

        var retryAfter = response.Headers.RetryAfter is { } header
            ? header.Delta ?? (header.Date is { } date ? date - Clock.GetUtcNow() : null)
            : null;
        var error = BinanceErrors.From(request.ToString(), response.StatusCode, body.Code, message, retryAfter);
        if (error.Kind == ExchangeErrorKind.RateLimited && request.Address is null)
        {
            var wait = Gate.Block(retryAfter, body.BanEnd());
            _logger.LimitExceeded(request.Method, request.Path, (int)response.StatusCode, wait);
            return new ExchangeException(error.Kind, error.Message) { Code = error.Code, RetryAfter = wait };
        }

        return request.Kind != RequestKind.Trade && error.Kind == ExchangeErrorKind.StatusUnknown
            ? new ExchangeException(ExchangeErrorKind.Transient, error.Message) { Code = error.Code, RetryAfter = error.RetryAfter }
            : error;
    }

    /// <summary>Names a failure below the exchange's own answers, or returns <see langword="null"/> for what is none.</summary>
    private (ExchangeErrorKind Kind, string Reason)? FailureOf(BinanceRequest request, Exception exception, CancellationToken cancellationToken)
    {
        // A reading has no outcome to wonder about: it is simply made again.
        var lost = request.Kind == RequestKind.Trade ? ExchangeErrorKind.StatusUnknown : ExchangeErrorKind.Transient;
        return exception switch
        {
            HttpRequestException { HttpRequestError: HttpRequestError.NameResolutionError or HttpRequestError.ConnectionError or HttpRequestError.SecureConnectionError } =>
                (ExchangeErrorKind.Transient, "the exchange could not be reached; nothing was sent."),
            HttpRequestException or IOException => (lost, "the connection failed before the answer was complete."),
            OperationCanceledException when request.Kind == RequestKind.Trade || !cancellationToken.IsCancellationRequested =>
                (lost, string.Create(CultureInfo.InvariantCulture, $"no answer within {_options.RequestTimeout.TotalSeconds:0.#} s.")),
            JsonException { Path: { } path } => (lost, $"the answer is not in the documented form, at {path}."),
            JsonException or FormatException => (lost, "the answer is not in the documented form."),
            _ => null,
        };
    }

    private ResiliencePipeline CreatePipeline()
    {
        if (_options.ReadAttempts == 1)
        {
            return ResiliencePipeline.Empty;
        }

        return new ResiliencePipelineBuilder { TimeProvider = _time }.AddRetry(new RetryStrategyOptions
        {
            ShouldHandle = new PredicateBuilder().Handle<ExchangeException>(IsRepeatable),
            MaxRetryAttempts = _options.ReadAttempts - 1,
            BackoffType = DelayBackoffType.Exponential,
            Delay = FirstRetryDelay,
            MaxDelay = TimeSpan.FromSeconds(5),
            UseJitter = true,
            Randomizer = Jitter.Next,

            // The gate keeps the wait that the exchange asks for; a measured clock needs none.
            DelayGenerator = static attempt => ValueTask.FromResult<TimeSpan?>(
                attempt.Outcome.Exception is ExchangeException { Kind: ExchangeErrorKind.RateLimited or ExchangeErrorKind.ClockSkew } ? TimeSpan.Zero : null),
            OnRetry = attempt =>
            {
                var error = attempt.Outcome.Exception as ExchangeException;
                _logger.ReadRepeated(error?.Kind, attempt.AttemptNumber + 2, attempt.RetryDelay, error?.Message);
                return default;
            },
        }).Build();
    }

    private bool IsRepeatable(ExchangeException error) =>
        error.IsTransient && (error.Kind != ExchangeErrorKind.RateLimited || error.RetryAfter <= _options.MaxRateLimitWait);
}
