using System.Net;
using System.Text.Json;
using System.Text.Json.Serialization;
using Amazon.Runtime;
using Amazon.S3;
using Amazon.S3.Model;
using TradingBot.Trading;

namespace TradingBot.Aws.S3;

/// <summary>Keeps what the limits remember in one small JSON object of S3 per bot, so that a tripped limit outlives the process and the machine.</summary>
/// <remarks>One process at a time may trade a bot: two that save at once would overwrite one another.</remarks>
public sealed partial class S3RiskStore : IRiskStore
{
    private readonly Lazy<IAmazonS3> _client;
    private readonly string _bucket;
    private readonly string _prefix;

    /// <summary>Initializes a store with a client made from the environment, as <see cref="S3ModelLoader(S3ModelOptions)"/> does.</summary>
    /// <param name="bucket">The bucket.</param>
    /// <param name="prefix">What the keys begin with, such as <c>state/</c>.</param>
    public S3RiskStore(string bucket, string prefix = "state/")
        : this(bucket, prefix, S3Client.Create)
    {
    }

    /// <summary>Initializes a store.</summary>
    /// <param name="bucket">The bucket.</param>
    /// <param name="prefix">What the keys begin with.</param>
    /// <param name="client">Makes the client, which must use https, or http on this machine; called once. The client stays the caller's.</param>
    public S3RiskStore(string bucket, string prefix, Func<IAmazonS3> client)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(bucket);
        ArgumentNullException.ThrowIfNull(prefix);
        ArgumentNullException.ThrowIfNull(client);
        (_bucket, _prefix, _client) = (bucket, prefix, new Lazy<IAmazonS3>(() => S3Client.CreateSecured(client)));
    }

    /// <inheritdoc/>
    public async Task<RiskState> LoadAsync(string botId, CancellationToken cancellationToken = default)
    {
        var key = KeyOf(botId);
        try
        {
            using var response = await _client.Value.GetObjectAsync(_bucket, key, cancellationToken).ConfigureAwait(false);
            return await JsonSerializer.DeserializeAsync(response.ResponseStream, StateContext.Default.RiskState, cancellationToken).ConfigureAwait(false);
        }
        catch (AmazonS3Exception e) when (e.StatusCode == HttpStatusCode.NotFound && e.ErrorCode != "NoSuchBucket")
        {
            return RiskState.Initial;
        }
        catch (JsonException e)
        {
            throw new IOException($"s3://{_bucket}/{key} does not hold the state of the limits; expected the JSON that this store writes. Repair it, or remove it to start anew.", e);
        }
        catch (Exception e) when (e is AmazonServiceException or AmazonClientException or HttpRequestException)
        {
            throw new IOException($"The state of the limits cannot be read from s3://{_bucket}/{key}: {e.Message}", e);
        }
    }

    /// <inheritdoc/>
    public async Task SaveAsync(string botId, RiskState state, CancellationToken cancellationToken = default)
    {
        var key = KeyOf(botId);
        using var body = new MemoryStream(JsonSerializer.SerializeToUtf8Bytes(state, StateContext.Default.RiskState));
        try
        {
            await _client.Value.PutObjectAsync(
                new PutObjectRequest { BucketName = _bucket, Key = key, InputStream = body, ContentType = "application/json", UseChunkEncoding = false }, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception e) when (e is AmazonServiceException or AmazonClientException or HttpRequestException)
        {
            throw new IOException($"The state of the limits cannot be written to s3://{_bucket}/{key}: {e.Message}", e);
        }
    }

    private string KeyOf(string botId)
    {
        ArgumentException.ThrowIfNullOrEmpty(botId);
        return $"{_prefix}risk-{Uri.EscapeDataString(botId)}.json";
    }

    [JsonSourceGenerationOptions(WriteIndented = true)]
    [JsonSerializable(typeof(RiskState))]
    private sealed partial class StateContext : JsonSerializerContext;
}
