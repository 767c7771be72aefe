using System.Diagnostics;
using Amazon.Runtime;
using Amazon.S3;
using TradingBot.Tests.Shared;

namespace TradingBot.Aws.Tests.S3;

/// <summary>An S3-compatible service on the loopback address, s3rver of npm.</summary>
public sealed class S3Service : IAsyncLifetime
{
    public const string Bucket = "models";
    public const string AccessKey = "S3RVER";
    private Process? _process;

    /// <summary>Gets the folder in which the service keeps its objects.</summary>
    public DirectoryInfo Folder { get; } = Directory.CreateTempSubdirectory("tradingbot-s3-");

    public Uri Address { get; private set; } = null!;

    public async Task InitializeAsync()
    {
        if (!NodePackage.IsNpmInstalled)
        {
            return;
        }

        var package = await NodePackages.GetAsync();
        _process = package.Start("s3.mjs", Folder.FullName, Bucket);
        var port = await _process.StandardOutput.ReadLineAsync() ?? throw new InvalidOperationException($"The service did not start: {await _process.StandardError.ReadToEndAsync()}");
        Address = new Uri($"http://127.0.0.1:{port}");
    }

    public async Task DisposeAsync()
    {
        if (_process is not null)
        {
            _process.StandardInput.Close();
            await _process.WaitForExitAsync();
            _process.Dispose();
        }

        Folder.Delete(recursive: true);
    }

    internal IAmazonS3 CreateClient(string accessKey = AccessKey) => new AmazonS3Client(
        new BasicAWSCredentials(accessKey, AccessKey),
        new AmazonS3Config
        {
            ServiceURL = Address.ToString(),
            AuthenticationRegion = "us-east-1",
            ForcePathStyle = true,
            RequestChecksumCalculation = RequestChecksumCalculation.WHEN_REQUIRED,
            ResponseChecksumValidation = ResponseChecksumValidation.WHEN_REQUIRED,
            MaxErrorRetry = 0,
        });

    internal async Task PutAsync(string key, byte[] content)
    {
        using var client = CreateClient();
        await client.PutObjectAsync(new() { BucketName = Bucket, Key = key, InputStream = new MemoryStream(content), UseChunkEncoding = false });
    }
}
