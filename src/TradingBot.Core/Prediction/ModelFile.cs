using System.Security.Cryptography;

namespace TradingBot.Prediction;

/// <summary>The bytes of a model's file and where they came from.</summary>
public sealed class ModelFile
{
    /// <summary>Initializes a model file.</summary>
    /// <param name="source">Where the bytes came from, for messages: a path, a resource's name, an address without secrets.</param>
    /// <param name="content">The whole file.</param>
    public ModelFile(string source, ReadOnlyMemory<byte> content)
    {
        ArgumentException.ThrowIfNullOrEmpty(source);
        (Source, Content) = (source, content);
        Sha256 = Convert.ToHexStringLower(SHA256.HashData(content.Span));
    }

    /// <summary>Gets where the bytes came from.</summary>
    public string Source { get; }

    /// <summary>Gets the whole file.</summary>
    public ReadOnlyMemory<byte> Content { get; }

    /// <summary>Gets the SHA-256 of the content in lower-case hexadecimal digits.</summary>
    public string Sha256 { get; }
}
