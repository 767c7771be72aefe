namespace LambdaHost.Events;

/// <summary>What came of an event.</summary>
/// <param name="Bots">One entry for each bot.</param>
internal sealed record FunctionOutcome(IReadOnlyList<BotOutcome> Bots);
