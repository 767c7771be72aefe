using System.Text.Json.Serialization;

namespace LambdaHost.Events;

/// <summary>Reads events and writes outcomes.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    PropertyNameCaseInsensitive = true,
    RespectRequiredConstructorParameters = true,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(FunctionEvent))]
[JsonSerializable(typeof(FunctionOutcome))]
internal sealed partial class EventJson : JsonSerializerContext;
