using System.CommandLine;
using System.Globalization;
using System.Runtime.InteropServices;
using TradingBot.Optimization.Parameters;

namespace ConsoleHost;

/// <summary>What it takes to run the same again, for a report.</summary>
internal static class RunFacts
{
    public static Dictionary<string, string> Of(ParseResult arguments, StrategyChoice strategy, ParameterSet values)
    {
        var facts = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["Command line"] = string.Join(' ', arguments.Tokens.Select(token => token.Value.Any(char.IsWhiteSpace) ? $"\"{token.Value}\"" : token.Value)),
            ["Machine"] = $"{RuntimeInformation.OSDescription}, {RuntimeInformation.ProcessArchitecture}",
            ["Strategy"] = strategy.Name,
        };
        foreach (var setting in strategy.Settings)
        {
            facts[$"Strategy: {setting.Name}"] = values.Values.TryGetValue(setting.Name, out var value) ? value.ToString() : "none";
        }

        return facts;
    }

    /// <summary>Adds where the trials were counted.</summary>
    public static Dictionary<string, string> With(this Dictionary<string, string> facts, FileInfo ledger, string dataHash, long trials)
    {
        facts["Trial ledger"] = ledger.FullName;
        facts["Trial ledger: hash of the bars"] = dataHash;
        facts["Trial ledger: trials of this strategy on these bars"] = trials.ToString("#,0", CultureInfo.InvariantCulture);
        return facts;
    }
}
