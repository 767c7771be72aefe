namespace TradingBot.Training.Networks;

/// <summary>One parameter tensor of a network and its place in the flat vector of all of them.</summary>
internal sealed record NetworkParameter(string Name, long[] Shape, ParameterInitialization Initialization, int Offset, int Count);
