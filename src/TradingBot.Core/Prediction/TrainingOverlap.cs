using System.Globalization;

namespace TradingBot.Prediction;

/// <summary>How much of a series lies inside the span that a model was trained on.</summary>
public sealed class TrainingOverlap
{
    private readonly ModelCard _card;

    internal TrainingOverlap(ModelCard card, int bars, int count) => (_card, Bars, Count) = (card, bars, count);

    /// <summary>Gets the number of bars inside the training part; 0 or more.</summary>
    public int Bars { get; }

    /// <summary>Gets the number of bars of the series.</summary>
    public int Count { get; }

    /// <summary>Gets <see cref="Bars"/> as a share of <see cref="Count"/>, from 0 to 1, or <see langword="null"/> for a series without bars.</summary>
    public double? Fraction => Count == 0 ? null : (double)Bars / Count;

    /// <summary>Gets a sentence that says so, for a report, or <see langword="null"/> when nothing overlaps.</summary>
    public string? Warning => Bars == 0 ? null : string.Create(
        CultureInfo.InvariantCulture,
        $"The model '{_card.Name}' was trained on {Bars} of these {Count} bars ({Fraction:P1}): its training part{Market()} {From()}ends at {_card.TrainedTo:u}. Results on bars that a model has seen say nothing about the future.");

    /// <summary>Returns the warning, or that there is none.</summary>
    public override string ToString() => Warning ?? $"The model '{_card.Name}' was trained on none of these {Count} bars.";

    private string Market() => _card.Symbol is { } symbol ? $", of {symbol}," : string.Empty;

    private string From() => _card.TrainedFrom is { } from ? string.Create(CultureInfo.InvariantCulture, $"begins at {from:u} and ") : string.Empty;
}
