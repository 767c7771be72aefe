namespace TradingBot.Benchmarks;

/// <summary>One reaction to a closed bar.</summary>
/// <param name="Total">From the event's arrival to the order's departure.</param>
/// <param name="Waiting">The time in which at least one request was without an answer.</param>
/// <param name="Inference">The time in the predictor.</param>
/// <param name="Requests">The requests before the order.</param>
internal sealed record Reaction(TimeSpan Total, TimeSpan Waiting, TimeSpan Inference, int Requests);
