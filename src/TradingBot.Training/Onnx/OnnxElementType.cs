namespace TradingBot.Training.Onnx;

/// <summary>The type of a tensor's elements; the numbers are ONNX's own.</summary>
public enum OnnxElementType
{
    /// <summary>32-bit floating point.</summary>
    Float32 = 1,

    /// <summary>64-bit signed integer.</summary>
    Int64 = 7,

    /// <summary>True or false.</summary>
    Boolean = 9,

    /// <summary>64-bit floating point.</summary>
    Float64 = 11,
}
