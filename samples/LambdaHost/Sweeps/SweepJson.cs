using System.Text.Json.Serialization;

namespace LambdaHost.Sweeps;

/// <summary>Reads definitions and writes results of searches.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    UseStringEnumConverter = true,
    ReadCommentHandling = System.Text.Json.JsonCommentHandling.Skip,
    AllowTrailingCommas = true)]
[JsonSerializable(typeof(SweepDefinition))]
[JsonSerializable(typeof(SliceOutcome))]
[JsonSerializable(typeof(SweepOutcome))]
internal sealed partial class SweepJson : JsonSerializerContext;
