namespace TradingBot.Training.Data;

/// <summary>One step of a walk forward.</summary>
/// <param name="Train">The training part.</param>
/// <param name="Test">The part after it, forecast by a model that has seen nothing but the training part.</param>
public sealed record Fold(BarRange Train, BarRange Test);
