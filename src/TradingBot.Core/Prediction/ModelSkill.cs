using System.Globalization;

namespace TradingBot.Prediction;

/// <summary>What a model's card says about the model's worth: the verdict of an evaluation and the figures it rests on.</summary>
/// <param name="Verdict">The verdict.</param>
/// <param name="Samples">The number of forecasts that were compared with what came; 0 or more.</param>
public sealed record ModelSkill(ForecastVerdict Verdict, int Samples)
{
    /// <summary>Gets the error of the model's log returns as a ratio to that of persistence: below 1 is better than "the next close is this close".</summary>
    /// <value><see langword="null"/> when the price never moved.</value>
    public double? TheilU { get; init; }

    /// <summary>Gets the share of the forecasts with the right direction, from 0 to 1.</summary>
    /// <value><see langword="null"/> when no forecast or no price had a direction.</value>
    public double? DirectionalAccuracy { get; init; }

    /// <summary>Gets the close time of the bar of the first forecast, or <see langword="null"/> if it is not known.</summary>
    public DateTimeOffset? From { get; init; }

    /// <summary>Gets the close time of the last bar that a forecast was compared with, or <see langword="null"/> if it is not known.</summary>
    public DateTimeOffset? To { get; init; }

    /// <summary>Returns the verdict and its figures as a sentence.</summary>
    public override string ToString()
    {
        var error = TheilU is { } u ? string.Create(CultureInfo.InvariantCulture, $"Theil's U {u:0.000}") : "Theil's U unknown";
        var direction = DirectionalAccuracy is { } share ? string.Create(CultureInfo.InvariantCulture, $", direction right in {share:P1}") : string.Empty;
        var range = From is { } from && To is { } to
            ? string.Create(CultureInfo.InvariantCulture, $" from {from:u} to {to:u}")
            : string.Empty;
        return string.Create(CultureInfo.InvariantCulture, $"{Judgement()} ({error}{direction}, on {Samples} forecasts{range})");
    }

    private string Judgement() => Verdict switch
    {
        ForecastVerdict.Echo => "an echo of past prices, no better than the last close",
        ForecastVerdict.NoSkill => "without shown skill against the last close",
        _ => "better than the last close",
    };
}
