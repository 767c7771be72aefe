namespace TradingBot.Market;

/// <summary>A column of a file.</summary>
/// <param name="Name">Its name, for messages.</param>
/// <param name="Index">Its place in a row, 0 the first.</param>
internal readonly record struct BarCsvColumn(string Name, int Index);
