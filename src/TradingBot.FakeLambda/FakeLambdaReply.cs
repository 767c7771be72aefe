namespace TradingBot.FakeLambda;

/// <summary>What became of an invocation.</summary>
public sealed record FakeLambdaReply
{
    /// <summary>Gets the id of the request.</summary>
    public required string RequestId { get; init; }

    /// <summary>Gets the function's answer, as it was sent; <see langword="null"/> when there is an error instead.</summary>
    public string? Payload { get; init; }

    /// <summary>Gets what went wrong, or <see langword="null"/>.</summary>
    public FakeLambdaError? Error { get; init; }

    /// <summary>Gets the time from the moment that the function was given the event to its answer.</summary>
    public required TimeSpan Duration { get; init; }

    /// <summary>Gets the time from the start of the process to the first question for an event, when a process was started for this invocation.</summary>
    public TimeSpan? InitDuration { get; init; }

    /// <summary>Gets the most memory that the process has held in its life, in bytes; <see langword="null"/> where there is no process or no /proc.</summary>
    public long? PeakMemory { get; init; }
}
