namespace LambdaHost.Sweeps;

/// <summary>Which combinations of a search are tried.</summary>
internal enum SweepMethod
{
    /// <summary>Every combination.</summary>
    Grid = 1,

    /// <summary>Some, drawn at random.</summary>
    Random = 2,

    /// <summary>Some, drawn by Latin hypercube sampling.</summary>
    LatinHypercube = 3,
}
