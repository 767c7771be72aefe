namespace TradingBot.Training.Data;

/// <summary>How to walk forward through a series: train, forecast the bars that follow, and move on by as many.</summary>
public sealed record WalkForwardOptions
{
    /// <summary>Gets the number of bars of the first training part, and of every one unless <see cref="Expanding"/> is set.</summary>
    public required int TrainBars { get; init; }

    /// <summary>Gets the number of bars of a test part; the last may have fewer.</summary>
    public required int TestBars { get; init; }

    /// <summary>Gets how many bars between training part and test are used for neither, so that what lingers from the one does not help in the other.</summary>
    /// <value>The default is 0. 0 or more.</value>
    public int EmbargoBars { get; init; }

    /// <summary>Gets a value indicating whether every training part begins with the first bar, instead of moving along.</summary>
    /// <value>The default is <see langword="false"/>.</value>
    public bool Expanding { get; init; }
}
