using System.Text.Json.Serialization;

namespace LambdaHost.Events;

/// <summary>What a bot can be asked to do.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<BotAction>))]
internal enum BotAction
{
    /// <summary>Decide the latest closed bar.</summary>
    Cycle = 1,
}
