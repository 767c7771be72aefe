using TradingBot.Market;

namespace TradingBot.Prediction;

/// <summary>Holds the series from outside the market that models read. Implementations are thread-safe.</summary>
/// <remarks>A live host keeps the series current by itself and answers with what it has; nothing is fetched while a forecast waits.</remarks>
public interface IExogenousSource
{
    /// <summary>Gets a series as far as it is known now.</summary>
    /// <param name="name">The series' name.</param>
    /// <returns>The series, or <see langword="null"/> when there is none of that name.</returns>
    ExogenousSeries? GetSeries(string name);
}
