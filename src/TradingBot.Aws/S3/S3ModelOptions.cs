using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace TradingBot.Aws.S3;

/// <summary>Which object of S3 is the model, and where it is kept on this machine.</summary>
public sealed class S3ModelOptions
{
    /// <summary>Gets or sets the bucket.</summary>
    /// <value>There is no default.</value>
    public required string Bucket { get; set; }

    /// <summary>Gets or sets the object's key.</summary>
    /// <value>There is no default.</value>
    public required string Key { get; set; }

    /// <summary>Gets or sets the version of the object, in a bucket that keeps versions.</summary>
    /// <value>The default is <see langword="null"/>, the latest.</value>
    public string? VersionId { get; set; }

    /// <summary>Gets or sets the SHA-256 that the file must have: 64 hexadecimal digits.</summary>
    /// <value>There is no default: what trades is what was reviewed, whoever may write to the bucket.</value>
    public required string Sha256 { get; set; }

    /// <summary>Gets or sets the folder that keeps the file for the next start; it is made where it is missing.</summary>
    /// <value>The default is "tradingbot-models" in the system's folder for temporary files, which at AWS Lambda is <c>/tmp</c>.</value>
    public string CacheFolder { get; set; } = Path.Combine(Path.GetTempPath(), "tradingbot-models");

    /// <summary>Gets or sets the largest file that is accepted, in bytes.</summary>
    /// <value>The default is 268,435,456 (256 MiB). At least 1.</value>
    public int MaxBytes { get; set; } = 256 * 1024 * 1024;

    /// <summary>Gets or sets where it is told that a file could not be kept, or was not what it should be.</summary>
    /// <value>The default is nowhere.</value>
    public ILogger Logger { get; set; } = NullLogger.Instance;

    /// <summary>Refuses options with which nothing could be loaded.</summary>
    internal void ThrowIfFaulty()
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(Bucket);
        ArgumentException.ThrowIfNullOrWhiteSpace(Key);
        ArgumentException.ThrowIfNullOrWhiteSpace(CacheFolder);
        ArgumentOutOfRangeException.ThrowIfLessThan(MaxBytes, 1);
        ArgumentNullException.ThrowIfNull(Sha256);
        if (Sha256.Length != 64 || !Sha256.All(char.IsAsciiHexDigit))
        {
            throw new ArgumentException($"Expected a SHA-256 of 64 hexadecimal digits, found '{Sha256}' of {Sha256.Length} characters.");
        }
    }
}
