namespace TradingBot.Training;

/// <summary>What training makes small: the mean over samples and steps of a function of the error e, forecast minus target.</summary>
public enum LossFunction
{
    /// <summary>e squared.</summary>
    MeanSquaredError = 1,

    /// <summary>|e|.</summary>
    MeanAbsoluteError = 2,

    /// <summary>e squared over 2 up to an error of 1, and |e| - 1/2 beyond: Huber 1964.</summary>
    Huber = 3,
}
