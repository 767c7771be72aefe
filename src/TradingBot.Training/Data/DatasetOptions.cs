using TradingBot.Prediction;

namespace TradingBot.Training.Data;

/// <summary>What a network reads and what it forecasts.</summary>
public sealed record DatasetOptions
{
    /// <summary>Gets the columns of the bars, in the order in which the network reads them.</summary>
    /// <value>The default is the close alone. Each once, one or more; <see cref="TargetKind.LogReturn"/> needs the close among them.</value>
    public IReadOnlyList<BarFeature> Features { get; init; } = [BarFeature.Close];

    /// <summary>Gets the values from outside the market that the network reads after <see cref="Features"/>.</summary>
    /// <value>The default is none. Each name once.</value>
    public IReadOnlyList<ExogenousFeature> Exogenous { get; init; } = [];

    /// <summary>Gets how many bars the network reads.</summary>
    /// <value>The default is 6. 1 or more.</value>
    public int Window { get; init; } = 6;

    /// <summary>Gets how many bars ahead the network forecasts: the closes 1, 2, up to so many bars after the window.</summary>
    /// <value>The default is 1. 1 or more.</value>
    public int Steps { get; init; } = 1;

    /// <summary>Gets what the network learns to put out.</summary>
    /// <value>The default is <see cref="TargetKind.LogReturn"/>.</value>
    public TargetKind Target { get; init; } = TargetKind.LogReturn;

    /// <summary>Gets the scaling of <see cref="Features"/>.</summary>
    /// <value>The default is <see cref="InputScaling.LogReturn"/>.</value>
    public InputScaling Scaling { get; init; } = InputScaling.LogReturn;

    /// <summary>Gets the scaling of <see cref="Exogenous"/>.</summary>
    /// <value>The default is <see cref="InputScaling.ZScore"/>. Not <see cref="InputScaling.LogReturn"/>, as the values may be 0 or below.</value>
    public InputScaling ExogenousScaling { get; init; } = InputScaling.ZScore;

    /// <summary>Gets how many bars before the window the scaling reads.</summary>
    internal int ExtraBars => Scaling == InputScaling.LogReturn ? 1 : 0;

    /// <summary>Throws for a value outside its range.</summary>
    internal void Check()
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(Window, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(Steps, 1);
        foreach (var feature in Features)
        {
            if (!Enum.IsDefined(feature))
            {
                throw new ArgumentException($"Expected features of the bars, {string.Join(", ", Enum.GetNames<BarFeature>())}, found {feature}.", nameof(Features));
            }
        }

        if (Features.Count == 0 || Features.Distinct().Count() != Features.Count)
        {
            throw new ArgumentException($"Expected one feature or more, each once, found {(Features.Count == 0 ? "none" : string.Join(", ", Features))}.", nameof(Features));
        }

        if (Exogenous.Select(feature => feature.Name).Distinct(StringComparer.Ordinal).Count() != Exogenous.Count)
        {
            throw new ArgumentException($"Expected each series once, found {string.Join(", ", Exogenous.Select(feature => feature.Name))}.", nameof(Exogenous));
        }

        if (Exogenous.FirstOrDefault(feature => feature.MaxAge <= TimeSpan.Zero) is { } aged)
        {
            throw new ArgumentException($"Expected values of '{aged.Name}' to be kept for a time above 0, or for any time, found {aged.MaxAge}.", nameof(Exogenous));
        }

        if (!Enum.IsDefined(Scaling) || !Enum.IsDefined(ExogenousScaling) || ExogenousScaling == InputScaling.LogReturn)
        {
            throw new ArgumentException(
                $"Expected a scaling of {string.Join(", ", Enum.GetNames<InputScaling>())}, and not {InputScaling.LogReturn} for exogenous values, found {Scaling} and {ExogenousScaling}.", nameof(Scaling));
        }

        if (!Enum.IsDefined(Target) || (Target == TargetKind.LogReturn && !Features.Contains(BarFeature.Close)))
        {
            throw new ArgumentException(
                $"Expected target {TargetKind.LogReturn} with {BarFeature.Close} among the features, from which the graph gets back to prices, or {TargetKind.Price}; found {Target} with {string.Join(", ", Features)}.", nameof(Target));
        }
    }
}
