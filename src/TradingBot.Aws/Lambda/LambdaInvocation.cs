namespace TradingBot.Aws.Lambda;

/// <summary>One invocation of the function.</summary>
public sealed record LambdaInvocation
{
    /// <summary>Gets the service's id of the request. An invocation that is tried again keeps its id.</summary>
    public required string RequestId { get; init; }

    /// <summary>Gets the event: one JSON value in UTF-8.</summary>
    public required ReadOnlyMemory<byte> Payload { get; init; }

    /// <summary>Gets the UTC instant at which the service kills the process if no answer has come.</summary>
    public required DateTimeOffset Deadline { get; init; }

    /// <summary>Gets the tracing header of AWS X-Ray, or <see langword="null"/> when the service sent none.</summary>
    public string? TraceId { get; init; }

    /// <summary>Gets the ARN by which the function was called, or <see langword="null"/> when the service sent none.</summary>
    public string? FunctionArn { get; init; }
}
