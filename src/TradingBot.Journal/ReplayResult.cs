using System.Globalization;
using TradingBot.Prediction;
using TradingBot.Trading;

namespace TradingBot.Journal;

/// <summary>What came of deciding again.</summary>
public sealed record ReplayResult
{
    /// <summary>Gets what was planned this time.</summary>
    public required TradePlan Plan { get; init; }

    /// <summary>Gets what differs from what was recorded, one sentence each; empty when everything is the same to the last bit.</summary>
    public required IReadOnlyList<string> Differences { get; init; }

    /// <summary>Gets a value indicating whether everything is the same to the last bit.</summary>
    public bool IsSame => Differences.Count == 0;

    internal static ReplayResult Compare(DecisionEntry recorded, Forecast? forecast, TradePlan plan)
    {
        var differences = new List<string>();
        Add("forecast", recorded.Forecast, forecast);
        Add("decision", recorded.Decision, plan.Decision);
        Add("exit", recorded.Exit, plan.Exit);
        Add("entry", recorded.Entry, plan.Entry);
        Add("denial", recorded.Denial, plan.Denial);
        return new ReplayResult { Plan = plan, Differences = differences };

        void Add<T>(string what, T expected, T found)
        {
            if (!EqualityComparer<T>.Default.Equals(expected, found))
            {
                differences.Add(string.Create(CultureInfo.InvariantCulture, $"The {what} was recorded as {Text(expected)}, and is {Text(found)} now."));
            }
        }
    }

    private static string Text<T>(T value) => value is null ? "none" : Convert.ToString(value, CultureInfo.InvariantCulture)!;
}
