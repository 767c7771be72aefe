namespace TradingBot.Training.Data;

/// <summary>How raw values become what a network reads. What a scaling needs to know, it takes from the training part alone.</summary>
public enum InputScaling
{
    /// <summary>Raw values go in.</summary>
    None = 0,

    /// <summary>(x - minimum) / (maximum - minimum); values after the training part may leave [0, 1].</summary>
    MinMax = 1,

    /// <summary>(x - mean) / standard deviation.</summary>
    ZScore = 2,

    /// <summary>The log return ln(x / x one bar before) less its mean, divided by its standard deviation. Where either value is 0, as of bars without volume,
    /// the log return is 0.</summary>
    LogReturn = 3,
}
