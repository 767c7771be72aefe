using System.Text.Json.Serialization;

namespace LambdaHost.Events;

/// <summary>What the function is asked to do. A name that is not known is refused: a slip of the pen must not start another bot.</summary>
/// <remarks>It has setters because generated readers give properties that are only initialized no default but zero.</remarks>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
internal sealed record FunctionEvent
{
    /// <summary>Gets what to do with the bots.</summary>
    public BotAction Action { get; set; } = BotAction.Cycle;

    /// <summary>Gets the names of the bots; all of them when it is missing.</summary>
    public IReadOnlyList<string>? Bots { get; set; }

    /// <summary>Gets the instant for which the schedule meant the event, if it says.</summary>
    public DateTimeOffset? Time { get; set; }

    /// <summary>Gets how long after <see cref="Time"/> to begin, so that the exchange has closed the bar.</summary>
    public double SettleSeconds { get; set; }

    /// <summary>Gets the slice of a search to make, instead of anything else.</summary>
    public SweepSlice? Sweep { get; set; }
}
