using System.Buffers;

namespace TradingBot.Prediction;

/// <summary>Downloads a model over HTTPS, and accepts only the one whose SHA-256 was pinned.</summary>
/// <remarks>One attempt; nothing is tried again. Plain HTTP is accepted from this machine only. What the address carries besides
/// host and path (user, query) is kept out of every message.</remarks>
public sealed class HttpModelLoader : IModelLoader
{
    private const int Sha256Digits = 64;

    private readonly HttpClient _client;
    private readonly Uri _address;
    private readonly string _sha256;

    /// <summary>Initializes a loader.</summary>
    /// <param name="client">The client to download with; it stays the caller's.</param>
    /// <param name="address">Where the file is: https, or http on this machine.</param>
    /// <param name="sha256">The SHA-256 that the file must have: 64 hexadecimal digits.</param>
    /// <exception cref="ArgumentException">The address or the pin is not of that form.</exception>
    public HttpModelLoader(HttpClient client, Uri address, string sha256)
    {
        ArgumentNullException.ThrowIfNull(client);
        ArgumentNullException.ThrowIfNull(address);
        ArgumentNullException.ThrowIfNull(sha256);
        if (!IsAllowed(address))
        {
            throw new ArgumentException(
                $"Expected an absolute https address (or http on this machine), found {(address.IsAbsoluteUri ? $"'{SourceOf(address)}'" : "a relative one")}.", nameof(address));
        }

        if (sha256.Length != Sha256Digits || sha256.AsSpan().ContainsAnyExcept(HexadecimalDigits))
        {
            throw new ArgumentException($"Expected a SHA-256 of {Sha256Digits} hexadecimal digits, found '{sha256}' of {sha256.Length} characters.", nameof(sha256));
        }

        (_client, _address, _sha256) = (client, address, sha256.ToLowerInvariant());
    }

    /// <summary>Gets the largest file that is accepted, in bytes.</summary>
    /// <value>The default is 268,435,456 (256 MiB). At least 1.</value>
    public int MaxBytes
    {
        get;
        init
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(value, 1);
            field = value;
        }
    }

    = 256 * 1024 * 1024;

    /// <summary>Gets the time that the whole download may take; the client's own limit ends with the headers.</summary>
    /// <value>The default is 100 seconds. Above zero.</value>
    public TimeSpan Timeout
    {
        get;
        init
        {
            ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(value, TimeSpan.Zero);
            field = value;
        }
    }

    = TimeSpan.FromSeconds(100);

    /// <summary>Gets the clock that <see cref="Timeout"/> runs on.</summary>
    /// <value>The default is the system's.</value>
    public TimeProvider TimeProvider { get; init; } = TimeProvider.System;

    private static SearchValues<char> HexadecimalDigits { get; } = SearchValues.Create("0123456789abcdefABCDEF");

    private string Source => SourceOf(_address);

    /// <inheritdoc/>
    public async Task<ModelFile> LoadAsync(CancellationToken cancellationToken = default)
    {
        using var timeout = new CancellationTokenSource(Timeout, TimeProvider);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancellationToken);
        ModelFile file;
        try
        {
            file = new ModelFile(Source, await DownloadAsync(either.Token).ConfigureAwait(false));
        }
        catch (OperationCanceledException e) when (!cancellationToken.IsCancellationRequested)
        {
            throw new ModelException($"The model '{Source}' could not be downloaded: it took too long ({(timeout.IsCancellationRequested ? $"more than {Timeout}" : "for the client's own limit")}).", e);
        }
        catch (Exception e) when (e is HttpRequestException or IOException)
        {
            throw new ModelException($"The model '{Source}' could not be downloaded: {e.Message}", e);
        }

        return file.Sha256 == _sha256
            ? file
            : throw new ModelException($"The model '{Source}' is not the one that was pinned: expected SHA-256 {_sha256}, found {file.Sha256} ({file.Content.Length} bytes).");
    }

    private async Task<ReadOnlyMemory<byte>> DownloadAsync(CancellationToken cancellationToken)
    {
        using var response = await _client.GetAsync(_address, HttpCompletionOption.ResponseHeadersRead, cancellationToken).ConfigureAwait(false);
        if (response.RequestMessage?.RequestUri is { } final && !IsAllowed(final))
        {
            throw new ModelException($"The model '{Source}' was redirected to '{SourceOf(final)}': expected https all the way.");
        }

        if (!response.IsSuccessStatusCode)
        {
            throw new ModelException($"The model '{Source}' could not be downloaded: expected a success, found status {(int)response.StatusCode} ({response.StatusCode}).");
        }

        if (response.Content.Headers.ContentLength is { } announced && announced > MaxBytes)
        {
            throw TooLarge($"{announced}");
        }

        var body = await response.Content.ReadAsStreamAsync(cancellationToken).ConfigureAwait(false);
        await using (body.ConfigureAwait(false))
        {
            return await ReadAsync(body, (int)(response.Content.Headers.ContentLength ?? 0), cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task<ReadOnlyMemory<byte>> ReadAsync(Stream body, int announced, CancellationToken cancellationToken)
    {
        using var content = new MemoryStream(announced);
        var buffer = new byte[81_920];
        int read;
        while ((read = await body.ReadAsync(buffer, cancellationToken).ConfigureAwait(false)) > 0)
        {
            if (content.Length + read > MaxBytes)
            {
                throw TooLarge("more");
            }

            content.Write(buffer, 0, read);
        }

        return content.GetBuffer().AsMemory(0, (int)content.Length);
    }

    private ModelException TooLarge(string found) =>
        new($"The model '{Source}' is too large: expected at most {MaxBytes} bytes ({nameof(MaxBytes)}), found {found}.");

    private static bool IsAllowed(Uri address) =>
        address.IsAbsoluteUri && (address.Scheme == Uri.UriSchemeHttps || (address.Scheme == Uri.UriSchemeHttp && address.IsLoopback));

    private static string SourceOf(Uri address) =>
        address.GetComponents(UriComponents.Scheme | UriComponents.Host | UriComponents.Port | UriComponents.Path, UriFormat.UriEscaped);
}
