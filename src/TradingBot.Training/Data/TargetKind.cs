namespace TradingBot.Training.Data;

/// <summary>What a network learns to put out.</summary>
public enum TargetKind
{
    /// <summary>The log return from the last close of the window to each close ahead, divided by its standard deviation over the training part.</summary>
    LogReturn = 0,

    /// <summary>Each close ahead, scaled as the closes of the training part. Networks trained on it tend to repeat the last close.</summary>
    Price = 1,
}
