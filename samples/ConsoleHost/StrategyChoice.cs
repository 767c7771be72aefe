using TradingBot.Optimization.Parameters;
using TradingBot.Strategies;

namespace ConsoleHost;

/// <summary>A strategy that can be asked for by name.</summary>
/// <param name="Name">What --strategy says, and under which the trial ledger counts its trials.</param>
/// <param name="NeedsForecasts">Whether it trades on forecasts.</param>
/// <param name="Settings">Its settings.</param>
/// <param name="Create">Makes it of values for all settings.</param>
internal sealed record StrategyChoice(string Name, bool NeedsForecasts, IReadOnlyList<StrategySetting> Settings, Func<StrategyValues, IStrategy> Create)
{
    /// <summary>Gets whether values make sense together, so that a search need not try them, such as a fast average below the slow one.</summary>
    public Func<StrategyValues, bool> IsSensible { get; init; } = _ => true;

    /// <summary>Finds a setting, in whatever case it is written.</summary>
    public StrategySetting Find(string name) => Settings.FirstOrDefault(setting => string.Equals(setting.Name, name, StringComparison.OrdinalIgnoreCase))
        ?? throw new ArgumentException($"Expected a setting of the strategy '{Name}', {string.Join(", ", Settings.Select(setting => setting.Name))}, found '{name}'.");

    /// <summary>Adds to some values those of all other settings that have a default, so that the ledger knows every one.</summary>
    public ParameterSet Complete(ParameterSet given) => new(
        Settings.Select(setting => (setting.Name, Value: given.Values.TryGetValue(setting.Name, out var value) ? value : setting.Default is { } number ? new ParameterValue(number) : (ParameterValue?)null))
            .Where(pair => pair.Value is not null)
            .Select(pair => KeyValuePair.Create(pair.Name, pair.Value!.Value)));

    public IStrategy Make(ParameterSet values) => Create(new StrategyValues(values));
}
