using System.Collections;

namespace TradingBot.Aws.Lambda;

/// <summary>What every log line of an invocation carries.</summary>
internal sealed class InvocationScope(LambdaInvocation invocation) : IReadOnlyList<KeyValuePair<string, object?>>
{
    public const string RequestId = "requestId";
    public const string TraceId = "traceId";

    public int Count => invocation.TraceId is null ? 1 : 2;

    public KeyValuePair<string, object?> this[int index] => index switch
    {
        0 => new(RequestId, invocation.RequestId),
        1 when Count == 2 => new(TraceId, invocation.TraceId),
        _ => throw new ArgumentOutOfRangeException(nameof(index), index, $"Expected 0 to {Count - 1}."),
    };

    public IEnumerator<KeyValuePair<string, object?>> GetEnumerator()
    {
        for (var i = 0; i < Count; i++)
        {
            yield return this[i];
        }
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    public override string ToString() => $"{RequestId} {invocation.RequestId}";
}
