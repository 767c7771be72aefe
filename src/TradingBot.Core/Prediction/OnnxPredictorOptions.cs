using TradingBot.Market;

namespace TradingBot.Prediction;

/// <summary>How an <see cref="OnnxPredictor"/> loads and runs its model. A model made by this SDK needs none of it.</summary>
public sealed class OnnxPredictorOptions
{
    /// <summary>Rows of a batch are computed alike only in full vector registers: 16 floats in the widest (512 bits).</summary>
    internal const int RowsPerVector = 16;

    private const int LargestBatch = 4096;

    /// <summary>Gets or sets the description of a model whose file carries none.</summary>
    /// <value>The default is <see langword="null"/>. For a file that carries a card it is an error to give another, unless
    /// <see cref="ReplaceCard"/> is set. Where it has a <see cref="ModelCard.ContentHash"/>, the file must have that SHA-256.</value>
    public ModelCard? Card { get; set; }

    /// <summary>Gets or sets whether <see cref="Card"/> replaces the card in the model's file.</summary>
    /// <value>The default is <see langword="false"/>.</value>
    public bool ReplaceCard { get; set; }

    /// <summary>Gets or sets the interval of the bars that the model will be given, so that a model made for another fails when it is loaded.</summary>
    /// <value>The default is <see langword="null"/>: only the bars of each forecast are checked.</value>
    public Interval? Interval { get; set; }

    /// <summary>Gets or sets where the values from outside the market come from that the model reads (<see cref="ModelCard.Exogenous"/>).</summary>
    /// <value>The default is <see langword="null"/>, for models that read none.</value>
    public IExogenousSource? Exogenous { get; set; }

    /// <summary>Gets or sets the name of the model's output that is the forecast.</summary>
    /// <value>The default is <see langword="null"/>: the model's only output.</value>
    public string? OutputName { get; set; }

    /// <summary>Gets or sets which of the values that a model gives for one window is the close at <see cref="ModelCard.Horizon"/>, counted from 1.</summary>
    /// <value>The default is <see langword="null"/>: the only value, or else the one at the horizon, the first being one bar ahead. For a
    /// model described by <see cref="Card"/> that gives several values, but not as many as its horizon has bars, it must be said.</value>
    public int? OutputStep
    {
        get;
        set
        {
            if (value is { } step)
            {
                ArgumentOutOfRangeException.ThrowIfLessThan(step, 1);
            }

            field = value;
        }
    }

    /// <summary>Gets or sets the simple return that a direction of 1 stands for: 0.01 is one per cent up.</summary>
    /// <value>The default is <see langword="null"/>. Above 0 and below 1. Needed for, and only used by, models whose output is <see cref="ModelOutput.Direction"/>.</value>
    public double? DirectionReturn
    {
        get;
        set => field = value is null or (> 0 and < 1)
            ? value
            : throw new ArgumentOutOfRangeException(nameof(value), value, "The return of a certain direction must be above 0 and below 1.");
    }

    /// <summary>Gets or sets how many windows go through the model in one run.</summary>
    /// <value>The default is 16. Either 1 or a multiple of 16, at most 4096. A model whose file fixes the size of its batch keeps that.</value>
    /// <remarks>A live window goes in a run of the same size, because the last bits of a forecast depend on the size. Larger batches make a
    /// long series a little faster and a single forecast slower in proportion; 1 suits a large model that only runs live.</remarks>
    public int BatchSize
    {
        get;
        set => field = value == 1 || (value is > 0 and <= LargestBatch && value % RowsPerVector == 0)
            ? value
            : throw new ArgumentOutOfRangeException(nameof(value), value, $"The batch size must be 1 or a multiple of {RowsPerVector} up to {LargestBatch}.");
    }

    = RowsPerVector;

    /// <summary>Gets or sets how many threads one run may use.</summary>
    /// <value>The default is 1, the fastest for models of up to some megabytes. At least 1.</value>
    public int IntraOpThreads
    {
        get;
        set
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(value, 1);
            field = value;
        }
    }

    = 1;
}
