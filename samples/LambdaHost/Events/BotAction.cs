using System.Text.Json.Serialization;

namespace LambdaHost.Events;

/// <summary>What a bot can be asked to do.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<BotAction>))]
internal enum BotAction
{
    /// <summary>Decide the latest closed bar.</summary>
    Cycle = 1,

    /// <summary>Only look after the protection of what is held.</summary>
    Protect = 2,

    /// <summary>Let trading go on after a limit has tripped.</summary>
    ResetLimits = 3,
}
