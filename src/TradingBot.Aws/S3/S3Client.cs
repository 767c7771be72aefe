using Amazon.S3;

namespace TradingBot.Aws.S3;

/// <summary>Makes clients from the environment.</summary>
internal static class S3Client
{
    // Another service's address has no name for every bucket.
    public static IAmazonS3 Create() => new AmazonS3Client(new AmazonS3Config
    {
        ForcePathStyle = Environment.GetEnvironmentVariable("AWS_ENDPOINT_URL_S3") is { Length: > 0 } || Environment.GetEnvironmentVariable("AWS_ENDPOINT_URL") is { Length: > 0 },
    });
}
