using Amazon.Runtime;
using Amazon.S3;
using Amazon.S3.Model;
using LambdaHost.Bots;
using TradingBot.Aws.S3;

namespace LambdaHost.Sweeps;

/// <summary>Where the files of a search lie: a folder, or a prefix in S3.</summary>
internal abstract class SweepStore : IDisposable
{
    /// <summary>Opens <c>s3://bucket/prefix</c> or a folder.</summary>
    public static SweepStore Open(string location)
    {
        if (!location.StartsWith(S3Location.Scheme, StringComparison.Ordinal))
        {
            return new FolderStore(location);
        }

        var place = S3Location.Parse(location);
        return new S3Store(place.Bucket, place.Prefix);
    }

    /// <summary>Reads a file; <see langword="null"/> when it is not there.</summary>
    public abstract Task<byte[]?> FindAsync(string name, CancellationToken cancellationToken);

    public abstract Task WriteAsync(string name, string path, CancellationToken cancellationToken);

    public abstract string AddressOf(string name);

    public async Task<byte[]> ReadAsync(string name, CancellationToken cancellationToken) =>
        await FindAsync(name, cancellationToken) ?? throw new SettingsException($"{AddressOf(name)} does not exist.");

    public abstract void Dispose();

    private sealed class FolderStore(string folder) : SweepStore
    {
        public override async Task<byte[]?> FindAsync(string name, CancellationToken cancellationToken) =>
            File.Exists(AddressOf(name)) ? await File.ReadAllBytesAsync(AddressOf(name), cancellationToken) : null;

        public override Task WriteAsync(string name, string path, CancellationToken cancellationToken)
        {
            var target = AddressOf(name);
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);

            // Copied beside and moved, so that a file is there whole or not at all.
            File.Copy(path, target + ".new", overwrite: true);
            File.Move(target + ".new", target, overwrite: true);
            return Task.CompletedTask;
        }

        public override string AddressOf(string name) => Path.Combine(folder, name);

        public override void Dispose()
        {
        }
    }

    private sealed class S3Store(string bucket, string prefix) : SweepStore
    {
        private readonly IAmazonS3 _client = S3Client.Create();

        public override async Task<byte[]?> FindAsync(string name, CancellationToken cancellationToken)
        {
            try
            {
                using var response = await _client.GetObjectAsync(bucket, prefix + name, cancellationToken);
                var content = new byte[response.ContentLength];
                await response.ResponseStream.ReadExactlyAsync(content, cancellationToken);
                return content;
            }
            catch (AmazonS3Exception e) when (e.ErrorCode == "NoSuchKey")
            {
                return null;
            }
            catch (AmazonServiceException e)
            {
                throw new IOException($"{AddressOf(name)} cannot be read: {e.Message}", e);
            }
        }

        public override async Task WriteAsync(string name, string path, CancellationToken cancellationToken)
        {
            try
            {
                await _client.PutObjectAsync(new PutObjectRequest { BucketName = bucket, Key = prefix + name, FilePath = path, UseChunkEncoding = false }, cancellationToken);
            }
            catch (AmazonServiceException e)
            {
                throw new IOException($"{AddressOf(name)} cannot be written: {e.Message}", e);
            }
        }

        public override string AddressOf(string name) => $"{S3Location.Scheme}{bucket}/{prefix}{name}";

        public override void Dispose() => _client.Dispose();
    }
}
