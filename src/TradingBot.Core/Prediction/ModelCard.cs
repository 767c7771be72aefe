using TradingBot.Market;

namespace TradingBot.Prediction;

/// <summary>The description of a model: what it reads, what its output means, and what it was trained on.</summary>
/// <remarks>
/// <para>Models made by this SDK carry it in their file's metadata (<see cref="ModelCardMetadata"/>); for models made elsewhere, options give it.</para>
/// <para>The ONNX graph has one input, float32 of shape [batch, window, features] with the oldest bar first and the
/// exogenous values after the bar's own, and one output, float32 of shape [batch, steps].
/// Models made by this SDK name them "bars" and "price", take raw bars and put out prices. An output of one column is the close <see cref="Horizon"/>
/// bars ahead. Of several columns, the first is one bar ahead, the second two, and so on, and <see cref="Horizon"/> picks the column.
/// What else is understood of models made elsewhere is said at <see cref="OnnxPredictor"/> and <see cref="OnnxPredictorOptions"/>.</para>
/// </remarks>
public sealed record ModelCard
{
    /// <summary>Gets the model's name, such as "ar-5".</summary>
    public required string Name { get; init; }

    /// <summary>Gets the columns that the model reads, in the order in which it reads them.</summary>
    public required IReadOnlyList<BarFeature> Features { get; init; }

    /// <summary>Gets the values from outside the market that the model reads after <see cref="Features"/>, in the order in which it reads them.</summary>
    /// <value>The default is none.</value>
    public IReadOnlyList<ExogenousFeature> Exogenous { get; init; } = [];

    /// <summary>Gets how many bars the model's input holds; 1 or more.</summary>
    public required int Window { get; init; }

    /// <summary>Gets how many bars ahead the forecast close lies; 1 or more.</summary>
    public required int Horizon { get; init; }

    /// <summary>Gets the length of the bars that the model was trained on.</summary>
    public required Interval Interval { get; init; }

    /// <summary>Gets how raw bars become inputs; <see cref="ModelScaling.None"/> when the graph scales.</summary>
    public ModelScaling Scaling { get; init; } = ModelScaling.None;

    /// <summary>Gets what the output means.</summary>
    public ModelOutput Output { get; init; } = ModelOutput.Price;

    /// <summary>Gets the market that the model was trained on, or <see langword="null"/> if it was not told.</summary>
    public Symbol? Symbol { get; init; }

    /// <summary>Gets the open time of the first bar of the training part, or <see langword="null"/> if it was not told.</summary>
    public DateTimeOffset? TrainedFrom { get; init; }

    /// <summary>Gets the close time, exclusive, of the last bar of the training part, targets included, or <see langword="null"/> if it was not told.</summary>
    public DateTimeOffset? TrainedTo { get; init; }

    /// <summary>Gets what an evaluation found the model to be worth, or <see langword="null"/> if there was none.</summary>
    public ModelSkill? Skill { get; init; }

    /// <summary>Gets the SHA-256 of the model's file in lower-case hexadecimal digits, or <see langword="null"/> for a predictor without a file.</summary>
    public string? ContentHash { get; init; }

    /// <summary>Gets how many values the model reads of each bar: those of <see cref="Features"/> and of <see cref="Exogenous"/>.</summary>
    public int InputWidth => Features.Count + Exogenous.Count;

    /// <summary>Gets how many bars must be at hand for a forecast: the window and what the scaling reads before it.</summary>
    public int RequiredBars => Scaling switch
    {
        ModelScaling.LogReturn => Window + 1,
        ModelScaling.RollingMinMax rolling => Math.Max(Window, rolling.Bars),
        _ => Window,
    };

    /// <summary>Counts the bars of a series that the model has seen in training. A result on them says nothing about the future.</summary>
    /// <param name="bars">The bars on which the model is to be judged.</param>
    /// <returns>The overlap, of 0 bars where there is none; <see langword="null"/> when the end of the training part is not known.
    /// Without a known beginning, all that came before the end counts as trained on.</returns>
    public TrainingOverlap? OverlapWith(BarSeries bars)
    {
        ArgumentNullException.ThrowIfNull(bars);
        if (TrainedTo is not { } to)
        {
            return null;
        }

        // The first bar that ends after the training part began.
        var first = TrainedFrom is { } from ? bars.IndexAtOrAfter(from - bars.Interval.Length + TimeSpan.FromTicks(1)) : 0;
        return new TrainingOverlap(this, Math.Max(0, bars.IndexAtOrAfter(to) - first), bars.Count);
    }

    /// <summary>Gets the names of all that the model reads, for messages.</summary>
    internal string InputNames() => string.Join(", ", Features.Select(feature => feature.ToString()).Concat(Exogenous.Select(feature => feature.Name)));

    /// <summary>Checks that bars are of the interval that the model was made for.</summary>
    /// <exception cref="ArgumentException">They are not.</exception>
    internal void RequireInterval(BarSeries bars)
    {
        if (bars.Interval != Interval)
        {
            throw new ArgumentException($"The model '{Name}' was made for bars of {Interval}, found bars of {bars.Interval}.", nameof(bars));
        }
    }
}
