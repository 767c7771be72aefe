using System.Globalization;
using System.Net;
using System.Net.Http.Headers;

namespace TradingBot.Aws.Lambda;

/// <summary>The requests of the Lambda Runtime API.</summary>
internal sealed class RuntimeApi : IDisposable
{
    private const string Version = "2018-06-01";
    private const string ErrorTypeHeader = "Lambda-Runtime-Function-Error-Type";
    private static readonly MediaTypeHeaderValue Json = new("application/json");
    private readonly HttpClient _http;

    public RuntimeApi(LambdaRuntimeOptions options)
    {
        if (string.IsNullOrWhiteSpace(options.Address) || !Uri.TryCreate($"http://{options.Address}/{Version}/runtime/", UriKind.Absolute, out var address))
        {
            throw new LambdaRuntimeException(
                $"Expected host and port of the Lambda Runtime API in {LambdaRuntimeOptions.AddressVariable}, found {(string.IsNullOrWhiteSpace(options.Address) ? "nothing" : $"'{options.Address}'")}. This program runs as an AWS Lambda function, or under an emulator of it.");
        }

        // One address on this machine: none of what a client of the internet needs.
        _http = new HttpClient(new SocketsHttpHandler
        {
            UseProxy = false,
            UseCookies = false,
            AllowAutoRedirect = false,
            ActivityHeadersPropagator = null,
            PooledConnectionIdleTimeout = Timeout.InfiniteTimeSpan,
        })
        {
            BaseAddress = address,
            Timeout = Timeout.InfiniteTimeSpan, // the next invocation may be a day away
        };
    }

    public void Dispose() => _http.Dispose();

    public async Task<LambdaInvocation> NextAsync(CancellationToken cancellationToken)
    {
        try
        {
            using var response = await _http.GetAsync("invocation/next", cancellationToken).ConfigureAwait(false);
            if (response.StatusCode != HttpStatusCode.OK)
            {
                throw Unexpected("the next invocation", response.StatusCode);
            }

            return new LambdaInvocation
            {
                RequestId = Header(response, "Lambda-Runtime-Aws-Request-Id") ?? throw Missing("Lambda-Runtime-Aws-Request-Id", null),
                Deadline = Header(response, "Lambda-Runtime-Deadline-Ms") is var text && long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var deadline)
                    ? DateTimeOffset.FromUnixTimeMilliseconds(deadline)
                    : throw Missing("Lambda-Runtime-Deadline-Ms", text),
                TraceId = Header(response, "Lambda-Runtime-Trace-Id"),
                FunctionArn = Header(response, "Lambda-Runtime-Invoked-Function-Arn"),
                Payload = await response.Content.ReadAsByteArrayAsync(cancellationToken).ConfigureAwait(false),
            };
        }
        catch (HttpRequestException e)
        {
            throw Unreachable(e);
        }
    }

    /// <summary>Sends an answer; <see langword="false"/> when the service finds it too large.</summary>
    public async Task<bool> TryAnswerAsync(string requestId, ReadOnlyMemory<byte> answer)
    {
        var status = await PostAsync($"invocation/{requestId}/response", answer, null).ConfigureAwait(false);
        return status != HttpStatusCode.RequestEntityTooLarge && (status == HttpStatusCode.Accepted ? true : throw Unexpected("an answer", status));
    }

    public Task ReportErrorAsync(string requestId, InvocationError error) => ReportAsync($"invocation/{requestId}/error", error);

    public Task ReportInitializationErrorAsync(InvocationError error) => ReportAsync("init/error", error);

    private async Task ReportAsync(string path, InvocationError error)
    {
        var status = await PostAsync(path, error.ToJson(), error.Category).ConfigureAwait(false);
        if (status != HttpStatusCode.Accepted)
        {
            throw Unexpected("an error", status);
        }
    }

    private async Task<HttpStatusCode> PostAsync(string path, ReadOnlyMemory<byte> body, string? category)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = new ReadOnlyMemoryContent(body) };
        request.Content.Headers.ContentType = Json;
        if (category is not null)
        {
            request.Headers.TryAddWithoutValidation(ErrorTypeHeader, category);
        }

        try
        {
            using var response = await _http.SendAsync(request, CancellationToken.None).ConfigureAwait(false);
            return response.StatusCode;
        }
        catch (HttpRequestException e)
        {
            throw Unreachable(e);
        }
    }

    private static string? Header(HttpResponseMessage response, string name) =>
        response.Headers.TryGetValues(name, out var values) ? values.First() : null;

    private static LambdaRuntimeException Missing(string header, string? found) =>
        new($"Expected the header {header} with an invocation, found {(found is null ? "none" : $"'{found}'")}.");

    private static LambdaRuntimeException Unexpected(string what, HttpStatusCode status) =>
        new($"The Lambda Runtime API answered {(int)status} ({status}) to {what}; the process cannot go on.");

    private LambdaRuntimeException Unreachable(HttpRequestException exception) =>
        new($"The Lambda Runtime API at {_http.BaseAddress!.Authority} cannot be reached: {exception.Message}", exception);
}
