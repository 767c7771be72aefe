namespace TradingBot.Statistics;

/// <summary>How a bootstrap resamples.</summary>
public sealed record BootstrapOptions
{
    /// <summary>Gets the seed.</summary>
    /// <value>The default is 1.</value>
    public int Seed { get; init; } = 1;

    /// <summary>Gets the number of resamples.</summary>
    /// <value>The default is 2,000. 100 or more.</value>
    public int Resamples { get; init; } = 2_000;

    /// <summary>Gets the confidence of the intervals.</summary>
    /// <value>The default is 0.95. Above 0 and below 1.</value>
    public double Confidence { get; init; } = 0.95;

    /// <summary>Gets the average length of the blocks, in bars.</summary>
    /// <value>The default is <see langword="null"/>, chosen by <see cref="Statistics.BlockLength"/>. 1 or more.</value>
    public double? BlockLength { get; init; }
}
