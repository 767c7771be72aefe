using Amazon;
using Amazon.Runtime;
using Amazon.S3;
using TradingBot.Aws.S3;
using TradingBot.Prediction;
using TradingBot.Trading;

namespace TradingBot.Aws.Tests.S3;

/// <summary>A model, the state of the limits and signed requests do not travel in the clear.</summary>
public sealed class S3ClientTests
{
    private static readonly AmazonS3Config Elsewhere = new() { ServiceURL = "http://127.0.0.1.example:9000/", MaxErrorRetry = 0 };
    private static readonly AmazonS3Config PlainAmazon = new() { RegionEndpoint = RegionEndpoint.EUCentral1, UseHttp = true, MaxErrorRetry = 0 };

    public static TheoryData<string> Plain => ["http://127.0.0.1.example:9000", "http"];

    [Theory]
    [MemberData(nameof(Plain))]
    public async Task LoadAsync_HttpToAnotherMachine_IsRefused(string found)
    {
        var folder = Path.Combine(Path.GetTempPath(), "tradingbot-no-such-folder");
        var loader = new S3ModelLoader(
            new S3ModelOptions { Bucket = "models", Key = "m.onnx", Sha256 = new string('a', 64), CacheFolder = folder }, () => Client(ConfigOf(found)));

        (await loader.Invoking(one => one.LoadAsync()).Should().ThrowAsync<ModelException>())
            .WithMessage($"The model 's3://models/m.onnx' could not be downloaded: S3 must be reached by https, or by http on this machine; found {found}.");
    }

    [Theory]
    [MemberData(nameof(Plain))]
    public async Task RiskStore_HttpToAnotherMachine_IsRefused(string found)
    {
        var store = new S3RiskStore("models", "state/", () => Client(ConfigOf(found)));
        var message = $"*s3://models/state/risk-bot.json: S3 must be reached by https, or by http on this machine; found {found}.";

        await store.Invoking(one => one.LoadAsync("bot")).Should().ThrowAsync<IOException>().WithMessage(message);
        await store.Invoking(one => one.SaveAsync("bot", RiskState.Initial)).Should().ThrowAsync<IOException>().WithMessage(message);
    }

    [Theory]
    [InlineData("https://storage.example")]
    [InlineData("http://localhost:9000")]
    [InlineData(null)]
    public void CreateSecured_HttpsOrThisMachine_IsAllowed(string? address)
    {
        using var client = Client(address is null ? new AmazonS3Config { RegionEndpoint = RegionEndpoint.EUCentral1 } : new AmazonS3Config { ServiceURL = address });
        S3Client.CreateSecured(() => client).Should().BeSameAs(client);
    }

    private static AmazonS3Config ConfigOf(string found) => found == "http" ? PlainAmazon : Elsewhere;

    private static AmazonS3Client Client(AmazonS3Config config) => new(new BasicAWSCredentials("key", "secret"), config);
}
