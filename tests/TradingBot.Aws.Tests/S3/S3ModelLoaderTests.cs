using System.Net;
using System.Security.Cryptography;
using Amazon.Runtime;
using Amazon.S3;
using Amazon.S3.Model;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using TradingBot.Aws.S3;
using TradingBot.Market;
using TradingBot.Prediction;
using TradingBot.Tests.Shared;

namespace TradingBot.Aws.Tests.S3;

public sealed class S3ModelLoaderTests(S3Service service) : IClassFixture<S3Service>, IDisposable
{
    private const string Key = "btc/conv-lstm ä.onnx";
    private static readonly byte[] Model = [.. Enumerable.Range(0, 200_000).Select(i => (byte)(i % 251))];
    private static readonly string Pin = Convert.ToHexString(SHA256.HashData(Model));
    private readonly DirectoryInfo _cache = Directory.CreateTempSubdirectory("tradingbot-cache-");
    private int _clients;

    public void Dispose() => _cache.Delete(recursive: true);

    [NpmFact]
    public async Task LoadAsync_PinnedModel_IsLoadedWholeAndKept()
    {
        await service.PutAsync(Key, Model);

        var file = await Loader(Options()).LoadAsync();

        file.Content.ToArray().Should().Equal(Model);
        file.Source.Should().Be($"s3://models/{Key}");
        file.Sha256.Should().Be(Pin.ToLowerInvariant());
        _cache.EnumerateFiles().Should().ContainSingle().Which.Name.Should().Be(Pin.ToLowerInvariant() + ".onnx");
        (await File.ReadAllBytesAsync(CachePath)).Should().Equal(Model);
    }

    [NpmFact]
    public async Task LoadAsync_KeptBefore_DoesNotAskTheService()
    {
        await service.PutAsync(Key, Model);
        await Loader(Options()).LoadAsync();

        var again = await Loader(Options()).LoadAsync();

        again.Content.ToArray().Should().Equal(Model);
        _clients.Should().Be(1);
    }

    [NpmFact]
    public async Task LoadAsync_KeptFileChanged_IsFetchedAgain()
    {
        await service.PutAsync(Key, Model);
        await File.WriteAllBytesAsync(CachePath, [1, 2, 3]);

        var file = await Loader(Options()).LoadAsync();

        file.Content.ToArray().Should().Equal(Model);
        _clients.Should().Be(1);
        (await File.ReadAllBytesAsync(CachePath)).Should().Equal(Model);
    }

    [NpmFact]
    public async Task LoadAsync_CacheCannotBeWritten_LoadsAllTheSame()
    {
        await service.PutAsync(Key, Model);
        var options = Options();
        options.CacheFolder = Path.Combine(_cache.FullName, "file", "folder");
        await File.WriteAllTextAsync(Path.Combine(_cache.FullName, "file"), "not a folder");

        (await Loader(options).LoadAsync()).Content.ToArray().Should().Equal(Model);
    }

    [NpmFact]
    public async Task LoadAsync_AnotherFile_SaysBothHashesAndKeepsNothing()
    {
        await service.PutAsync("other.onnx", [1, 2, 3]);
        var options = Options();
        options.Key = "other.onnx";

        (await ErrorOf(Loader(options))).Should().Be(
            $"The model 's3://models/other.onnx' is not the one that was pinned: expected SHA-256 {Pin.ToLowerInvariant()}, found 039058c6f2c0cb492c533b0a4d14ef77cc0f78abccced5287d84a1a2011cfb81 (3 bytes).");
        _cache.EnumerateFiles().Should().BeEmpty();
    }

    [NpmFact]
    public async Task LoadAsync_NoSuchKey_SaysSo()
    {
        var options = Options();
        options.Key = "missing.onnx";

        (await ErrorOf(Loader(options))).Should().Be("The model 's3://models/missing.onnx' could not be downloaded: the bucket 'models' has no object 'missing.onnx'.");
    }

    [NpmFact]
    public async Task LoadAsync_NoSuchBucket_SaysSo()
    {
        var options = Options();
        options.Bucket = "elsewhere";

        (await ErrorOf(Loader(options))).Should().EndWith("could not be downloaded: the bucket 'elsewhere' does not exist.");
    }

    [NpmFact]
    public async Task LoadAsync_AccessDenied_SaysWhichPermissionIsNeeded()
    {
        await service.PutAsync(Key, Model);
        var loader = new S3ModelLoader(Options(), () => service.CreateClient("STRANGER"));

        (await ErrorOf(loader)).Should().Contain("access is denied. The function's role needs s3:GetObject for it;");
    }

    [NpmFact]
    public async Task LoadAsync_TooLarge_SaysTheLimit()
    {
        await service.PutAsync(Key, Model);
        var options = Options();
        options.MaxBytes = 199_999;

        (await ErrorOf(Loader(options))).Should().EndWith("is too large: expected at most 199999 bytes (MaxBytes), found 200000.");
    }

    [Fact]
    public async Task LoadAsync_ServiceUnreachable_IsAModelException()
    {
        var loader = new S3ModelLoader(Options(), () => new AmazonS3Client(
            new BasicAWSCredentials("key", "secret"), new AmazonS3Config { ServiceURL = "http://127.0.0.1:1", ForcePathStyle = true, MaxErrorRetry = 0 }));

        (await ErrorOf(loader)).Should().StartWith($"The model 's3://models/{Key}' could not be downloaded: ");
    }

    [Fact]
    public async Task LoadAsync_Version_IsAskedFor()
    {
        using var client = new ScriptedS3(request =>
        {
            request.VersionId.Should().Be("v7");
            return new GetObjectResponse { ContentLength = Model.Length, ResponseStream = new MemoryStream(Model) };
        });
        var options = Options();
        options.VersionId = "v7";

        var file = await new S3ModelLoader(options, () => client).LoadAsync();

        file.Source.Should().Be($"s3://models/{Key}?versionId=v7");
    }

    [Theory]
    [InlineData("NoSuchVersion", HttpStatusCode.NotFound, "the object has no version 'v7'.")]
    [InlineData("AccessDenied", HttpStatusCode.Forbidden, "access is denied. The function's role needs s3:GetObject and s3:GetObjectVersion for it; without s3:ListBucket a missing object is answered the same way.")]
    [InlineData("SlowDown", HttpStatusCode.ServiceUnavailable, "SlowDown: scripted")]
    public async Task LoadAsync_ErrorOfTheService_SaysWhatItMeans(string code, HttpStatusCode status, string reason)
    {
        using var client = new ScriptedS3(_ => throw new AmazonS3Exception("scripted") { ErrorCode = code, StatusCode = status });
        var options = Options();
        options.VersionId = "v7";

        (await ErrorOf(new S3ModelLoader(options, () => client))).Should().EndWith(reason);
    }

    [Fact]
    public async Task LoadAsync_ConnectionBreaks_IsAModelException()
    {
        using var client = new ScriptedS3(_ => new GetObjectResponse { ContentLength = Model.Length, ResponseStream = new MemoryStream(Model, 0, 1_000) });

        (await ErrorOf(new S3ModelLoader(Options(), () => client))).Should().StartWith($"The model 's3://models/{Key}' could not be downloaded: ");
        _cache.EnumerateFiles().Should().BeEmpty();
    }

    [Theory]
    [InlineData("", "key", "c0ffee")]
    [InlineData("bucket", " ", "c0ffee")]
    [InlineData("bucket", "key", "c0ffee")]
    [InlineData("bucket", "key", "zz9058c6f2c0cb492c533b0a4d14ef77cc0f78abccced5287d84a1a2011cfb81")]
    public void Constructor_FaultyOption_IsRefused(string bucket, string key, string sha256) =>
        FluentActions.Invoking(() => new S3ModelLoader(new S3ModelOptions { Bucket = bucket, Key = key, Sha256 = sha256 })).Should().Throw<ArgumentException>();

    [Fact]
    public void UseS3Model_OnABot_RegistersTheLoader()
    {
        var services = new ServiceCollection();
        services.AddTradingBot(options => (options.Symbol, options.Interval) = ("BTCUSDT", Interval.OneHour)).UseS3Model(Options());
        using var provider = services.BuildServiceProvider();

        provider.GetRequiredService<IModelLoader>().Should().BeOfType<S3ModelLoader>();
    }

    private static async Task<string> ErrorOf(S3ModelLoader loader) =>
        (await loader.Invoking(one => one.LoadAsync()).Should().ThrowAsync<ModelException>()).Which.Message;

    private string CachePath => Path.Combine(_cache.FullName, Pin.ToLowerInvariant() + ".onnx");

    private S3ModelOptions Options() => new() { Bucket = S3Service.Bucket, Key = Key, Sha256 = Pin, CacheFolder = _cache.FullName, Logger = NullLogger.Instance };

    private S3ModelLoader Loader(S3ModelOptions options) => new(options, () =>
    {
        _clients++;
        return service.CreateClient();
    });

    /// <summary>A client whose answers are given, for what the service on the loopback address does not know.</summary>
    private sealed class ScriptedS3(Func<GetObjectRequest, GetObjectResponse> answer) : AmazonS3Client(
        new BasicAWSCredentials("key", "secret"), new AmazonS3Config { ServiceURL = "http://127.0.0.1:1" })
    {
        public override Task<GetObjectResponse> GetObjectAsync(GetObjectRequest request, CancellationToken cancellationToken = default) =>
            Task.FromResult(answer(request));
    }
}
