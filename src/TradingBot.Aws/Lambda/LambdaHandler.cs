namespace TradingBot.Aws.Lambda;

/// <summary>Carries out one invocation. What it throws is reported as the invocation's error; the service then retries it or raises an alarm.</summary>
/// <param name="invocation">The event and what is known about it.</param>
/// <param name="cancellationToken">Is canceled shortly before the deadline, after which the process would be killed.</param>
/// <returns>The answer: one JSON value in UTF-8.</returns>
public delegate Task<ReadOnlyMemory<byte>> LambdaHandler(LambdaInvocation invocation, CancellationToken cancellationToken);
