namespace TradingBot.Training.Evaluation;

/// <summary>The errors of forecasts some bars ahead, under the protocol of a paper and beside it under an honest one.</summary>
/// <param name="Step">How many bars ahead, counted from 1.</param>
/// <param name="SeparateScales">The paper's measure: forecasts and closes each rescaled to [0, 1] by their own extremes; <see langword="null"/> when either never varies.</param>
/// <param name="OneScale">The honest measure: both rescaled by the extremes of the closes; <see langword="null"/> when the closes never vary.</param>
/// <param name="TheilU">The ratio of the root of the mean squared error to that of "the price stays as it is", on prices; <see langword="null"/> when the price never moved.</param>
public sealed record PaperScore(int Step, double? SeparateScales, double? OneScale, double? TheilU);
