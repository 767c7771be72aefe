using System.Globalization;
using System.Net;
using System.Runtime.InteropServices;
using Amazon.Runtime;
using Amazon.S3;
using Amazon.S3.Model;
using TradingBot.Prediction;

namespace TradingBot.Aws.S3;

/// <summary>Loads a model from S3, and accepts only the file whose SHA-256 was pinned.</summary>
/// <remarks>The file is kept in a folder under its hash, where the next start finds it; what is found there is verified like what was downloaded. S3 is
/// asked only when the folder does not have the file, and its client is made only then.</remarks>
public sealed class S3ModelLoader : IModelLoader
{
    private readonly Func<IAmazonS3> _client;
    private readonly S3ModelOptions _options;
    private readonly string _sha256;
    private readonly string _source;

    /// <summary>Initializes a loader with a client made from the environment: region, credentials, and AWS_ENDPOINT_URL_S3 for a service elsewhere.</summary>
    /// <param name="options">Which object it is.</param>
    /// <exception cref="ArgumentException">An option is missing or not of its form.</exception>
    public S3ModelLoader(S3ModelOptions options)
        : this(options, S3Client.Create)
    {
    }

    /// <summary>Initializes a loader.</summary>
    /// <param name="options">Which object it is.</param>
    /// <param name="client">Makes the client, which must use https, or http on this machine; called once at most for each loading. The client stays the caller's.</param>
    /// <exception cref="ArgumentException">An option is missing or not of its form.</exception>
    public S3ModelLoader(S3ModelOptions options, Func<IAmazonS3> client)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(client);
        options.ThrowIfFaulty();
        (_options, _client, _sha256) = (options, () => S3Client.CreateSecured(client), options.Sha256.ToLowerInvariant());
        _source = $"s3://{options.Bucket}/{options.Key}{(options.VersionId is { } version ? $"?versionId={version}" : "")}";
    }

    private string CachePath => Path.Combine(_options.CacheFolder, _sha256 + ".onnx");

    /// <inheritdoc/>
    public async Task<ModelFile> LoadAsync(CancellationToken cancellationToken = default)
    {
        if (await ReadCacheAsync(cancellationToken).ConfigureAwait(false) is { } kept)
        {
            return kept;
        }

        var file = new ModelFile(_source, await DownloadAsync(cancellationToken).ConfigureAwait(false));
        if (file.Sha256 != _sha256)
        {
            throw new ModelException($"The model '{_source}' is not the one that was pinned: expected SHA-256 {_sha256}, found {file.Sha256} ({file.Content.Length} bytes).");
        }

        await KeepAsync(file, cancellationToken).ConfigureAwait(false);
        return file;
    }

    private async Task<ModelFile?> ReadCacheAsync(CancellationToken cancellationToken)
    {
        try
        {
            if (!File.Exists(CachePath))
            {
                return null;
            }

            var file = new ModelFile(_source, await File.ReadAllBytesAsync(CachePath, cancellationToken).ConfigureAwait(false));
            if (file.Sha256 == _sha256)
            {
                return file;
            }

            _options.Logger.CachedModelDiffers(CachePath, _sha256, file.Sha256);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            _options.Logger.CacheUnusable(e, CachePath);
        }

        return null;
    }

    // Written beside and moved, so that whoever reads finds the whole file or none.
    private async Task KeepAsync(ModelFile file, CancellationToken cancellationToken)
    {
        var draft = string.Create(CultureInfo.InvariantCulture, $"{CachePath}.{Environment.ProcessId}.new");
        try
        {
            Directory.CreateDirectory(_options.CacheFolder);
            await File.WriteAllBytesAsync(draft, file.Content, cancellationToken).ConfigureAwait(false);
            File.Move(draft, CachePath, overwrite: true);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // The model is here; only the next start has to fetch it again.
            _options.Logger.CacheUnusable(e, CachePath);
        }
    }

    private async Task<byte[]> DownloadAsync(CancellationToken cancellationToken)
    {
        try
        {
            using var response = await _client().GetObjectAsync(
                new GetObjectRequest { BucketName = _options.Bucket, Key = _options.Key, VersionId = _options.VersionId },
                cancellationToken).ConfigureAwait(false);
            if (response.ContentLength > _options.MaxBytes)
            {
                throw new ModelException($"The model '{_source}' is too large: expected at most {_options.MaxBytes} bytes ({nameof(S3ModelOptions.MaxBytes)}), found {response.ContentLength}.");
            }

            var content = new byte[response.ContentLength];
            await response.ResponseStream.ReadExactlyAsync(content, cancellationToken).ConfigureAwait(false);
            return content;
        }
        catch (Exception e) when (e is AmazonServiceException or AmazonClientException or HttpRequestException or IOException or ExternalException)
        {
            throw new ModelException($"The model '{_source}' could not be downloaded: {ReasonOf(e)}", e);
        }
    }

    private string ReasonOf(Exception exception) => exception switch
    {
        AmazonS3Exception { ErrorCode: "NoSuchBucket" } => $"the bucket '{_options.Bucket}' does not exist.",
        AmazonS3Exception { ErrorCode: "NoSuchVersion" } => $"the object has no version '{_options.VersionId}'.",
        AmazonS3Exception { ErrorCode: "NoSuchKey" } or AmazonS3Exception { StatusCode: HttpStatusCode.NotFound } =>
            $"the bucket '{_options.Bucket}' has no object '{_options.Key}'.",
        AmazonS3Exception { StatusCode: HttpStatusCode.Forbidden } =>
            $"access is denied. The function's role needs s3:GetObject{(_options.VersionId is null ? "" : " and s3:GetObjectVersion")} for it; without s3:ListBucket a missing object is answered the same way.",
        AmazonServiceException { ErrorCode: { Length: > 0 } code } => $"{code}: {exception.Message}",
        _ => exception.Message,
    };
}
