namespace TradingBot.Training.Onnx;

/// <summary>A tensor whose content the graph carries, as little-endian bytes in row-major order.</summary>
internal sealed record OnnxInitializer(OnnxValue Value, ReadOnlyMemory<byte> Content);
