using System.Text.Json;
using TradingBot.Journal.Json;
using TradingBot.Prediction;
using TradingBot.Strategies;
using TradingBot.Trading;

namespace TradingBot.Journal;

/// <summary>One decision with all that it followed from, in a small file that replays on any machine.</summary>
public sealed class DecisionCapsule
{
    /// <summary>Initializes a capsule.</summary>
    /// <param name="decision">The decision, as a journal holds it.</param>
    public DecisionCapsule(DecisionEntry decision)
    {
        ArgumentNullException.ThrowIfNull(decision);
        Decision = decision;
    }

    /// <summary>Gets the decision.</summary>
    public DecisionEntry Decision { get; }

    /// <summary>Reads a capsule.</summary>
    /// <exception cref="IOException">The file cannot be read.</exception>
    /// <exception cref="InvalidDataException">The file is no capsule, or one of another version.</exception>
    public static DecisionCapsule Load(string path)
    {
        var file = JournalJson.Read(File.ReadAllText(path), JournalJson.Default.CapsuleFile);
        return file.Version == CapsuleFile.CurrentVersion
            ? new DecisionCapsule(file.Decision)
            : throw new InvalidDataException($"Expected a capsule of version {CapsuleFile.CurrentVersion}, found version {file.Version}.");
    }

    /// <summary>Writes the capsule.</summary>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public void Save(string path) => File.WriteAllBytes(
        path,
        JsonSerializer.SerializeToUtf8Bytes(
            new CapsuleFile { Version = CapsuleFile.CurrentVersion, Decision = Decision }, JournalJson.Default.CapsuleFile));

    /// <summary>Decides again, from the recorded inputs, and compares.</summary>
    /// <param name="strategy">The strategy that decided.</param>
    /// <param name="predictor">The model that forecast; <see langword="null"/> to take the recorded forecast as it is.</param>
    public ReplayResult Replay(IStrategy strategy, IPredictor? predictor = null)
    {
        ArgumentNullException.ThrowIfNull(strategy);
        var cycle = new TradeCycle(strategy, Decision.Settings);
        var forecast = predictor is null ? Decision.Forecast : predictor.Predict(Decision.Bars);
        if (Decision.Bars.Count < strategy.Lookback)
        {
            throw new ArgumentException(
                $"{strategy.GetType().Name} needs {strategy.Lookback} bars, the capsule holds {Decision.Bars.Count}; expected the strategy that decided, {Decision.Strategy}.",
                nameof(strategy));
        }

        var context = new StrategyContext(Decision.Bars[^strategy.Lookback..], Decision.Forecast, Decision.Account.Position, Decision.Account.Balance);
        return ReplayResult.Compare(Decision, forecast, cycle.Plan(context, Decision.Memory));
    }
}
