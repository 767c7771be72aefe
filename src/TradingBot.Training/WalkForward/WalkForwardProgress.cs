namespace TradingBot.Training.WalkForward;

/// <summary>How far a walk forward is.</summary>
/// <param name="Fold">The fold that ended, from 1.</param>
/// <param name="Folds">The number of folds.</param>
/// <param name="Trained">Whether its model was trained, and not found in the folder.</param>
public sealed record WalkForwardProgress(int Fold, int Folds, bool Trained);
