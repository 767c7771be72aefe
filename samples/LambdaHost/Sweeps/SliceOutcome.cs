namespace LambdaHost.Sweeps;

/// <summary>What came of a slice.</summary>
/// <param name="Slice">Which one, 0 the first.</param>
/// <param name="Slices">Of how many.</param>
/// <param name="Trials">How many combinations it tried.</param>
/// <param name="Refused">How many of them cannot pay their own costs.</param>
/// <param name="Result">Where its trials are.</param>
internal sealed record SliceOutcome(int Slice, int Slices, int Trials, int Refused, string Result);
