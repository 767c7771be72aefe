namespace TradingBot.Training.Networks;

/// <summary>What a layer applies to every element of what it puts out.</summary>
public enum Activation
{
    /// <summary>Nothing.</summary>
    Linear = 0,

    /// <summary>max(0, x).</summary>
    Relu = 1,

    /// <summary>1 / (1 + exp(-x)).</summary>
    Sigmoid = 2,

    /// <summary>The hyperbolic tangent.</summary>
    Tanh = 3,
}
