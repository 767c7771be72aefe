using System.CommandLine;
using System.Globalization;
using TradingBot.Optimization.Parameters;

namespace ConsoleHost.Commands;

/// <summary>The options by which a person chooses a strategy and its settings.</summary>
internal sealed class StrategyOptions
{
    private readonly Option<string> _strategy = new("--strategy")
    {
        Description = $"The strategy: {string.Join(", ", StrategyNames.All.Select(choice => choice.Name))}.",
        DefaultValueFactory = _ => StrategyNames.Default,
    };

    private readonly Option<string[]> _set = new("--set")
    {
        Description = $"A setting of the strategy, as Name=0.5; may be given several times. {string.Join(" ", StrategyNames.All.Select(Describe))}",
        DefaultValueFactory = _ => [],
    };

    public void AddTo(Command command)
    {
        command.Add(_strategy);
        command.Add(_set);
    }

    public StrategyChoice ChoiceOf(ParseResult arguments) => StrategyNames.Find(arguments.GetValue(_strategy)!);

    /// <summary>Reads the settings that were given; no others.</summary>
    public IEnumerable<KeyValuePair<string, ParameterValue>> GivenBy(ParseResult arguments, StrategyChoice choice)
    {
        foreach (var text in arguments.GetValue(_set)!)
        {
            var parts = text.Split('=', 2, StringSplitOptions.TrimEntries);
            if (parts.Length != 2 || !double.TryParse(parts[1], NumberStyles.Float, CultureInfo.InvariantCulture, out var number) || !double.IsFinite(number))
            {
                throw new ArgumentException($"Expected --set Name=Number, found '{text}'.");
            }

            yield return KeyValuePair.Create(choice.Find(parts[0]).Name, new ParameterValue(number));
        }
    }

    private static string Describe(StrategyChoice choice) => $"Of {choice.Name}: {string.Join("; ", choice.Settings.Select(Describe))}.";

    private static string Describe(StrategySetting setting) => setting.Default is { } value
        ? string.Create(CultureInfo.InvariantCulture, $"{setting.Name}, {setting.Description} (default {value})")
        : $"{setting.Name}, {setting.Description}";
}
