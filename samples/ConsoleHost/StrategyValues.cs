using TradingBot.Optimization.Parameters;

namespace ConsoleHost;

/// <summary>The values that a strategy is made of, by the names of its settings.</summary>
internal sealed class StrategyValues(ParameterSet values)
{
    public double Number(string name) => values.Number(name);

    public int Integer(string name) => values.Integer(name);

    public double? OptionalNumber(string name) => values.Values.ContainsKey(name) ? values.Number(name) : null;
}
