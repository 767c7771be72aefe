using System.Globalization;
using System.Net;
using System.Text.Json;

namespace TradingBot.Aws.Secrets;

/// <summary>Reads secrets of AWS Secrets Manager and parameters of AWS Systems Manager through the extension that AWS provides as a layer of the function:
/// HTTP on this machine, no SDK, no signature; the extension caches and refreshes.</summary>
/// <remarks>The extension serves invocations. While the function is being initialized it answers that it is not ready, so read secrets with the first event,
/// or catch <see cref="SecretsExtensionException.IsNotReady"/>.</remarks>
public sealed class SecretsExtension : IDisposable
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(50);
    private readonly HttpClient _http;
    private readonly SecretsExtensionOptions _options;

    /// <summary>Initializes a client.</summary>
    /// <param name="options">Settings, or <see langword="null"/> for the defaults.</param>
    public SecretsExtension(SecretsExtensionOptions? options = null)
    {
        _options = options ?? new SecretsExtensionOptions();
        ArgumentOutOfRangeException.ThrowIfLessThan(_options.Patience, TimeSpan.Zero);
        _http = new HttpClient(new SocketsHttpHandler { UseProxy = false, UseCookies = false, AllowAutoRedirect = false, ActivityHeadersPropagator = null })
        {
            BaseAddress = new Uri(string.Create(CultureInfo.InvariantCulture, $"http://localhost:{_options.Port}")),
        };
    }

    /// <summary>Reads a secret's text.</summary>
    /// <param name="secretId">The secret's name or ARN.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <exception cref="SecretsExtensionException">The extension is missing or not ready, the secret does not exist, the function's role may not read it, or it holds no text.</exception>
    public Task<string> GetSecretAsync(string secretId, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(secretId);
        return GetAsync(
            $"the secret '{secretId}'",
            $"/secretsmanager/get?secretId={Uri.EscapeDataString(secretId)}",
            static root => root.GetProperty("SecretString").GetString(),
            cancellationToken);
    }

    /// <summary>Reads a parameter's value, decrypted if it is a secure string.</summary>
    /// <param name="name">The parameter's name, or its ARN.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <exception cref="SecretsExtensionException">The extension is missing or not ready, the parameter does not exist, or the function's role may not read it.</exception>
    public Task<string> GetParameterAsync(string name, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        return GetAsync(
            $"the parameter '{name}'",
            $"/systemsmanager/parameters/get?name={Uri.EscapeDataString(name)}&withDecryption=true",
            static root => root.GetProperty("Parameter").GetProperty("Value").GetString(),
            cancellationToken);
    }

    /// <inheritdoc/>
    public void Dispose() => _http.Dispose();

    private async Task<string> GetAsync(string what, string path, Func<JsonElement, string?> valueOf, CancellationToken cancellationToken)
    {
        var started = _options.TimeProvider.GetTimestamp();
        while (true)
        {
            var (status, body) = await AskAsync(what, path, cancellationToken).ConfigureAwait(false);
            if (status == HttpStatusCode.OK)
            {
                return Read(what, body, valueOf);
            }

            // The extension's own words; another refusal's text is passed on.
            var isNotReady = body.Contains("not ready", StringComparison.OrdinalIgnoreCase);
            if (!isNotReady || _options.TimeProvider.GetElapsedTime(started) >= _options.Patience)
            {
                throw new SecretsExtensionException($"Cannot read {what}: the extension answered {(int)status}: {body.Trim()}") { IsNotReady = isNotReady };
            }

            await Task.Delay(Pause, _options.TimeProvider, cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task<(HttpStatusCode Status, string Body)> AskAsync(string what, string path, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        if (_options.Token is { Length: > 0 } token)
        {
            request.Headers.TryAddWithoutValidation("X-Aws-Parameters-Secrets-Token", token);
        }

        try
        {
            using var response = await _http.SendAsync(request, cancellationToken).ConfigureAwait(false);
            return (response.StatusCode, await response.Content.ReadAsStringAsync(cancellationToken).ConfigureAwait(false));
        }
        catch (HttpRequestException e)
        {
            throw new SecretsExtensionException(
                $"Cannot read {what}: nothing answers at {_http.BaseAddress!.Authority}. Is the layer AWS-Parameters-and-Secrets-Lambda-Extension part of the function? {e.Message}", e);
        }
    }

    // Neither the answer nor a parser's message, which quotes it, may show.
    private static string Read(string what, string body, Func<JsonElement, string?> valueOf)
    {
        try
        {
            using var document = JsonDocument.Parse(body);
            return valueOf(document.RootElement) ?? throw new SecretsExtensionException($"Cannot read {what}: it has no text.");
        }
        catch (Exception e) when (e is JsonException or KeyNotFoundException or InvalidOperationException)
        {
            throw new SecretsExtensionException($"Cannot read {what}: the extension's answer is not of the documented form, or the value is not a text.");
        }
    }
}
