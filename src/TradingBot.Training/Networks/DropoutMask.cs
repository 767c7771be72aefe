namespace TradingBot.Training.Networks;

/// <summary>One dropout layer's place in the flat vector of all masks.</summary>
internal sealed record DropoutMask(double Rate, int Offset, int Count);
