using TradingBot.Market;

namespace TradingBot.Prediction;

/// <summary>A value from outside the market that a model reads with each bar: the latest that was published at or before the bar's close.</summary>
/// <param name="Name">The name of the series, as <see cref="ExogenousSeries.Name"/>.</param>
/// <param name="MaxAge">How long before the bar's close the value may have been published; <see langword="null"/> for any time. Above 0.
/// An older value is a missing one, and a window that lacks a value gives no forecast.</param>
public sealed record ExogenousFeature(string Name, TimeSpan? MaxAge = null);
