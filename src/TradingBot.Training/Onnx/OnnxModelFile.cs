using Google.Protobuf;
using TradingBot.Prediction;
using TradingBot.Training.Models;
using TradingBot.Training.Onnx.Schema;

namespace TradingBot.Training.Onnx;

/// <summary>Reads and replaces the card in a finished ONNX file, whoever made it. The graph and all else stay as they are, byte for byte.</summary>
public static class OnnxModelFile
{
    /// <summary>Reads the card of a file.</summary>
    /// <param name="model">The file's bytes.</param>
    /// <returns>The card, or <see langword="null"/> where there is none.</returns>
    /// <exception cref="ModelException">The bytes are not an ONNX file, or its card is malformed.</exception>
    public static ModelCard? ReadCard(ReadOnlyMemory<byte> model)
    {
        var (_, metadata) = Divide(model.ToArray());
        return ModelCardMetadata.FromMetadata(metadata);
    }

    /// <summary>Writes a card into a file, in the place of the one that is there, if any.</summary>
    /// <param name="model">The file's bytes.</param>
    /// <param name="card">The card.</param>
    /// <returns>The bytes of the file with the card.</returns>
    /// <exception cref="ModelException">The bytes are not an ONNX file, or the card does not hold.</exception>
    public static byte[] WriteCard(ReadOnlyMemory<byte> model, ModelCard card)
    {
        ArgumentNullException.ThrowIfNull(card);
        var (rest, metadata) = Divide(model.ToArray());
        var entries = metadata.Where(entry => !ModelCardMetadata.IsCardKey(entry.Key)).Concat(ModelCardMetadata.ToMetadata(card));
        var tail = new ModelProto();
        tail.MetadataProps.Add(entries
            .OrderBy(entry => entry.Key, StringComparer.Ordinal)
            .Select(entry => new StringStringEntryProto { Key = entry.Key, Value = entry.Value }));
        return [.. rest, .. tail.ToByteArray()];
    }

    /// <summary>Writes a verdict into the card of a file.</summary>
    /// <param name="model">The file's bytes.</param>
    /// <param name="skill">The verdict, as <see cref="Prediction.Evaluation.ForecastReport.ToSkill"/> gives it.</param>
    /// <returns>The bytes of the file with the verdict.</returns>
    /// <exception cref="ModelException">The bytes are not an ONNX file, it has no card, or the card is malformed.</exception>
    public static byte[] WriteSkill(ReadOnlyMemory<byte> model, ModelSkill skill)
    {
        ArgumentNullException.ThrowIfNull(skill);
        var card = ReadCard(model) ?? throw new ModelException(
            $"A verdict belongs to a card, and the model has none: expected metadata with the key '{ModelCardMetadata.VersionKey}'. Give it one with {nameof(WriteCard)}.");
        return WriteCard(model, card with { Skill = skill });
    }

    /// <summary>Writes a verdict into the card of a file on disk, which is replaced whole or not at all.</summary>
    /// <param name="path">The file's path.</param>
    /// <param name="skill">The verdict.</param>
    /// <param name="cancellationToken">Stops the writing; the old file stays.</param>
    /// <exception cref="ModelException">The file is not an ONNX file, it has no card, or the card is malformed.</exception>
    /// <exception cref="IOException">The file could not be read or written.</exception>
    public static async Task WriteSkillAsync(string path, ModelSkill skill, CancellationToken cancellationToken = default)
    {
        var model = await File.ReadAllBytesAsync(path, cancellationToken).ConfigureAwait(false);
        await ModelFileWriter.WriteAsync(path, WriteSkill(model, skill), cancellationToken).ConfigureAwait(false);
    }

    // A message is a row of fields, and its meaning does not depend on where among the others the metadata stand. So all else is
    // copied, and what this project's schema leaves out is not lost.
    private static (byte[] Others, Dictionary<string, string> Metadata) Divide(byte[] model)
    {
        var metadata = new Dictionary<string, string>(StringComparer.Ordinal);
        using var rest = new MemoryStream(model.Length);
        var hasGraph = false;
        try
        {
            using var input = new CodedInputStream(model);
            for (var start = 0L; input.ReadTag() is var tag && tag != 0; start = input.Position)
            {
                var field = WireFormat.GetTagFieldNumber(tag);
                hasGraph |= field == ModelProto.GraphFieldNumber;
                if (field == ModelProto.MetadataPropsFieldNumber)
                {
                    var entry = new StringStringEntryProto();
                    input.ReadMessage(entry);
                    metadata[entry.Key] = entry.Value;
                }
                else
                {
                    input.SkipLastField();
                    rest.Write(model, (int)start, (int)(input.Position - start));
                }
            }
        }
        catch (InvalidProtocolBufferException e)
        {
            throw new ModelException($"The {model.Length} bytes are not an ONNX file: {e.Message}", e);
        }

        return hasGraph ? (rest.ToArray(), metadata) : throw new ModelException($"The {model.Length} bytes are not an ONNX file: expected a graph, found none.");
    }
}
