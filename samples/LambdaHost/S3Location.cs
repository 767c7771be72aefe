using LambdaHost.Bots;

namespace LambdaHost;

/// <summary>A place in S3.</summary>
/// <param name="Bucket">The bucket.</param>
/// <param name="Prefix">What the keys begin with; it ends with a slash.</param>
internal sealed record S3Location(string Bucket, string Prefix)
{
    public const string Scheme = "s3://";

    /// <summary>Reads <c>s3://bucket/prefix</c>.</summary>
    public static S3Location Parse(string text) =>
        text.StartsWith(Scheme, StringComparison.Ordinal) && text[Scheme.Length..].TrimEnd('/').Split('/', 2) is [{ Length: > 0 } bucket, { Length: > 0 } prefix]
            ? new S3Location(bucket, prefix + "/")
            : throw new SettingsException($"Expected a location such as s3://bucket/prefix, found '{text}'.");

    public override string ToString() => $"{Scheme}{Bucket}/{Prefix}";
}
