namespace TradingBot.Trading;

/// <summary>A guard that tripped.</summary>
/// <param name="Guard">Which.</param>
/// <param name="Reason">Why, with the numbers, for people.</param>
internal sealed record GuardFinding(Guard Guard, string Reason);
