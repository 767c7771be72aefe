using System.Globalization;
using System.Net;
using Amazon.Runtime;
using Amazon.S3;
using Amazon.S3.Model;
using TradingBot.Journal;

namespace TradingBot.Aws.S3;

/// <summary>Keeps a journal in S3, an object for each entry, where no disk outlives the process.</summary>
/// <remarks>
/// <para>A key names bot, day, time in milliseconds since 1970-01-01 UTC and a number, so that the order of keys is the order of entries. No object is
/// written over: the service is asked to refuse a key that is taken, and the next number is used.</para>
/// <para>Every entry is a request on its way to the order. An entry whose answer was lost may stand there twice, which does no harm to who reads it.</para>
/// </remarks>
public sealed class S3TradeJournal : ITradeJournal
{
    // Of one millisecond; a cycle writes a handful.
    private const int MostOfOneTime = 1_000;
    private readonly Lazy<IAmazonS3> _client;
    private readonly string _bucket;
    private readonly string _prefix;
    private readonly Lock _lock = new();
    private (string Time, int Number) _last = ("", 0);

    /// <summary>Initializes a journal with a client made from the environment, as <see cref="S3ModelLoader(S3ModelOptions)"/> does.</summary>
    /// <param name="bucket">The bucket.</param>
    /// <param name="prefix">What the keys begin with, such as <c>journal/</c>.</param>
    public S3TradeJournal(string bucket, string prefix = "journal/")
        : this(bucket, prefix, S3Client.Create)
    {
    }

    /// <summary>Initializes a journal.</summary>
    /// <param name="bucket">The bucket.</param>
    /// <param name="prefix">What the keys begin with.</param>
    /// <param name="client">Makes the client, which must use https, or http on this machine; called once. The client stays the caller's.</param>
    public S3TradeJournal(string bucket, string prefix, Func<IAmazonS3> client)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(bucket);
        ArgumentNullException.ThrowIfNull(prefix);
        ArgumentNullException.ThrowIfNull(client);
        (_bucket, _prefix, _client) = (bucket, prefix, new Lazy<IAmazonS3>(() => S3Client.CreateSecured(client)));
    }

    /// <inheritdoc/>
    public async Task AppendAsync(JournalEntry entry, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(entry);
        var text = JournalText.Write(entry);
        while (true)
        {
            var key = NextKey(entry);
            try
            {
                await _client.Value.PutObjectAsync(
                    new PutObjectRequest
                    {
                        BucketName = _bucket,
                        Key = key,
                        ContentBody = text,
                        ContentType = "application/json",
                        IfNoneMatch = "*",
                        UseChunkEncoding = false,
                    },
                    cancellationToken).ConfigureAwait(false);
                return;
            }
            catch (AmazonS3Exception e) when (e.StatusCode == HttpStatusCode.PreconditionFailed)
            {
                // Another process has written at the same time.
            }
            catch (Exception e) when (e is AmazonServiceException or AmazonClientException or HttpRequestException)
            {
                throw new IOException($"The journal cannot be written to s3://{_bucket}/{key}: {e.Message}", e);
            }
        }
    }

    /// <summary>Reads a bot's entries, oldest first.</summary>
    /// <param name="botId">The bot's name.</param>
    /// <param name="from">The earliest time, inclusive; <see langword="null"/> for the beginning.</param>
    /// <param name="to">The end of the times, exclusive; <see langword="null"/> for the end.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <exception cref="InvalidDataException">An object is not what a journal writes; the message says which.</exception>
    /// <exception cref="IOException">The service did not answer, or refused.</exception>
    public async Task<IReadOnlyList<JournalEntry>> ReadAsync(
        string botId, DateTimeOffset? from = null, DateTimeOffset? to = null, CancellationToken cancellationToken = default)
    {
        var folder = FolderOf(botId);
        var entries = new List<JournalEntry>();
        try
        {
            // No key with a number is before the bare time.
            var request = new ListObjectsV2Request { BucketName = _bucket, Prefix = folder, StartAfter = from is { } start ? folder + PathOf(start) : null };
            var end = to is { } time ? folder + PathOf(time) : null;
            ListObjectsV2Response page;
            do
            {
                page = await _client.Value.ListObjectsV2Async(request, cancellationToken).ConfigureAwait(false);
                foreach (var found in page.S3Objects ?? [])
                {
                    if (end is not null && string.CompareOrdinal(found.Key, end) >= 0)
                    {
                        return entries;
                    }

                    entries.Add(await ReadEntryAsync(found.Key, cancellationToken).ConfigureAwait(false));
                }

                request.ContinuationToken = page.NextContinuationToken;
            }
            while (page.IsTruncated == true);
        }
        catch (Exception e) when (e is AmazonServiceException or AmazonClientException or HttpRequestException)
        {
            throw new IOException($"The journal cannot be read from s3://{_bucket}/{folder}: {e.Message}", e);
        }

        return entries;
    }

    private static string PathOf(DateTimeOffset time) =>
        string.Create(CultureInfo.InvariantCulture, $"{time.UtcDateTime:yyyy-MM-dd}/{time.ToUnixTimeMilliseconds():D15}");

    private string FolderOf(string botId)
    {
        ArgumentException.ThrowIfNullOrEmpty(botId);
        return $"{_prefix}{Uri.EscapeDataString(botId)}/";
    }

    private string NextKey(JournalEntry entry)
    {
        var time = FolderOf(entry.BotId) + PathOf(entry.Time);
        lock (_lock)
        {
            _last = (time, time == _last.Time ? _last.Number + 1 : 0);
            return _last.Number < MostOfOneTime
                ? string.Create(CultureInfo.InvariantCulture, $"{time}-{_last.Number:D3}.json")
                : throw new IOException($"s3://{_bucket}/{time} holds {MostOfOneTime} entries of one millisecond; the clock stands still.");
        }
    }

    private async Task<JournalEntry> ReadEntryAsync(string key, CancellationToken cancellationToken)
    {
        using var response = await _client.Value.GetObjectAsync(_bucket, key, cancellationToken).ConfigureAwait(false);
        using var reader = new StreamReader(response.ResponseStream);
        try
        {
            return JournalText.Read(await reader.ReadToEndAsync(cancellationToken).ConfigureAwait(false));
        }
        catch (InvalidDataException e)
        {
            throw new InvalidDataException($"s3://{_bucket}/{key} is not an entry of a journal. {e.Message}", e);
        }
    }
}
