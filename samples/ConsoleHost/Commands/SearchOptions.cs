using System.CommandLine;
using TradingBot.Optimization;
using TradingBot.Optimization.Ledger;
using TradingBot.Optimization.Parameters;

namespace ConsoleHost.Commands;

/// <summary>The options of a search: which combinations are tried, how the best is chosen, and where all are recorded.</summary>
internal sealed class SearchOptions
{
    private const string GridMethod = "grid";
    private const string RandomMethod = "random";
    private const string LatinHypercubeMethod = "latin-hypercube";

    private static readonly Dictionary<string, Objective> Objectives = new(StringComparer.Ordinal)
    {
        ["sharpe"] = Objective.Sharpe,
        ["return"] = Objective.TotalReturn,
        ["return-over-drawdown"] = Objective.ReturnOverDrawdown,
    };

    private readonly Option<string[]> _grid = new("--grid")
    {
        Description = "A setting to search, as Threshold=0.001:0.01:0.001 (from, to, step); may be given several times. Drawn settings need no step.",
        Required = true,
    };

    private readonly Option<string> _method = new("--method")
    {
        Description = $"{GridMethod}: every combination; {RandomMethod}, {LatinHypercubeMethod}: as many as --samples, drawn.",
        DefaultValueFactory = _ => GridMethod,
    };

    private readonly Option<int> _samples = new("--samples") { Description = "How many combinations are drawn.", DefaultValueFactory = _ => 100 };
    private readonly Option<int> _seed = new("--seed") { Description = "The same seed draws the same combinations.", DefaultValueFactory = _ => 1 };
    private readonly Option<string> _objective = new("--objective")
    {
        Description = $"What the best combination has most of: {string.Join(", ", Objectives.Keys)}.",
        DefaultValueFactory = _ => "sharpe",
    };

    private readonly Option<FileInfo> _ledger = LedgerOptions.Ledger(new FileInfo(Path.Combine("artifacts", "trials.db")));
    private readonly Option<string?> _name = LedgerOptions.Name();
    private readonly Option<int> _parallel = new("--parallel") { Description = "How many trials run at once.", DefaultValueFactory = _ => Environment.ProcessorCount };

    public void AddTo(Command command)
    {
        foreach (var option in (Option[])[_grid, _method, _samples, _seed, _objective, _ledger, _name, _parallel])
        {
            command.Add(option);
        }
    }

    public FileInfo LedgerOf(ParseResult arguments) => arguments.GetValue(_ledger)!;

    public Objective ObjectiveOf(ParseResult arguments) => arguments.GetValue(_objective) is var name && Objectives.TryGetValue(name!, out var objective)
        ? objective
        : throw new ArgumentException($"Expected --objective {string.Join(", ", Objectives.Keys)}, found '{name}'.");

    /// <summary>Lists the combinations, each with all settings of the strategy.</summary>
    public IReadOnlyList<ParameterSet> SetsOf(ParseResult arguments, BacktestInput input)
    {
        var (choice, method) = (input.Strategy, arguments.GetValue(_method)!);
        var space = new ParameterSpace([.. arguments.GetValue(_grid)!.Select(text => GridRange.Parse(text, choice, needsStep: method == GridMethod))]);
        if (space.Parameters.FirstOrDefault(parameter => input.Values.Values.ContainsKey(parameter.Name)) is { } twice)
        {
            throw new ArgumentException($"The setting '{twice.Name}' is given by --grid and by --set.");
        }

        var sensible = space.Where(set => choice.IsSensible(new StrategyValues(Complete(set))));
        var (samples, seed) = (AtLeastOne(arguments, _samples), arguments.GetValue(_seed));
        try
        {
            return [.. (method switch
            {
                GridMethod => sensible.Grid(),
                RandomMethod => sensible.Random(samples, seed),
                LatinHypercubeMethod => sensible.LatinHypercube(samples, seed),
                _ => throw new ArgumentException($"Expected --method {GridMethod}, {RandomMethod} or {LatinHypercubeMethod}, found '{method}'."),
            }).Select(Complete)];
        }
        catch (InvalidOperationException exception)
        {
            throw new ArgumentException(exception.Message, exception);
        }

        ParameterSet Complete(ParameterSet set) => choice.Complete(new ParameterSet(set.Values.Concat(input.Values.Values)));
    }

    public SweepOptions ToSweep(ParseResult arguments, BacktestInput input, TrialLedger ledger) =>
        LedgerOptions.ToSweep(input, ledger, arguments.GetValue(_name)) with { Objective = ObjectiveOf(arguments), MaxParallelism = AtLeastOne(arguments, _parallel) };

    private static int AtLeastOne(ParseResult arguments, Option<int> option) => arguments.GetValue(option) is >= 1 and var number
        ? number
        : throw new ArgumentException($"{option.Name} must be 1 or more, found {arguments.GetValue(option)}.");
}
