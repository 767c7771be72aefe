using Amazon.Runtime;
using Amazon.S3;

namespace TradingBot.Aws.S3;

/// <summary>Makes clients of S3.</summary>
public static class S3Client
{
    /// <summary>Makes a client from the environment: region and credentials as at AWS Lambda, and AWS_ENDPOINT_URL_S3 for a service elsewhere.</summary>
    public static IAmazonS3 Create()
    {
        var isElsewhere = IsSet("AWS_ENDPOINT_URL_S3") || IsSet("AWS_ENDPOINT_URL");
        return new AmazonS3Client(new AmazonS3Config
        {
            // Another service's address has no name for every bucket, and it may not know the checksums that are sent along since 2025.
            ForcePathStyle = isElsewhere,
            RequestChecksumCalculation = isElsewhere ? RequestChecksumCalculation.WHEN_REQUIRED : RequestChecksumCalculation.WHEN_SUPPORTED,
            ResponseChecksumValidation = isElsewhere ? ResponseChecksumValidation.WHEN_REQUIRED : ResponseChecksumValidation.WHEN_SUPPORTED,
        });
    }

    /// <summary>Makes a client and refuses one that would send models, states and signed requests in the clear.</summary>
    /// <exception cref="AmazonClientException">It speaks http to another machine.</exception>
    internal static IAmazonS3 CreateSecured(Func<IAmazonS3> create)
    {
        var client = create();
        var address = Uri.TryCreate(client.Config.ServiceURL, UriKind.Absolute, out var parsed) ? parsed : null;
        return (address is null ? !client.Config.UseHttp : address.Scheme == Uri.UriSchemeHttps || address.IsLoopback)
            ? client
            : throw new AmazonClientException($"S3 must be reached by https, or by http on this machine; found {(address is null ? "http" : $"{address.Scheme}://{address.Authority}")}.");
    }

    private static bool IsSet(string name) => Environment.GetEnvironmentVariable(name) is { Length: > 0 };
}
