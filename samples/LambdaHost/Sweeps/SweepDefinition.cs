using System.Text.Json;
using System.Text.Json.Serialization;
using LambdaHost.Bots;
using TradingBot.Backtesting;
using TradingBot.Market;
using TradingBot.Optimization;
using TradingBot.Optimization.Parameters;
using TradingBot.Trading;

namespace LambdaHost.Sweeps;

/// <summary>A search, as the file <c>sweep.json</c> describes it: what is traded, on which bars and which model, and which settings are tried.</summary>
/// <remarks>What has a default has a setter: generated readers give properties that are only initialized no default but zero.</remarks>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
internal sealed record SweepDefinition
{
    /// <summary>Gets the name under which trials are counted; a strategy whose code changed needs a new one.</summary>
    public string Strategy { get; set; } = "threshold";

    /// <summary>Gets the market.</summary>
    public required string Symbol { get; init; }

    /// <summary>Gets the exchange's rules of the market.</summary>
    public required SymbolRules Rules { get; init; }

    /// <summary>Gets the file of bars beside this one, as CSV.</summary>
    public string Bars { get; set; } = "bars.csv";

    /// <summary>Gets the file of the model beside this one.</summary>
    public string Model { get; set; } = "model.onnx";

    /// <summary>Gets what is searched.</summary>
    public required IReadOnlyList<SweepParameter> Parameters { get; init; }

    /// <summary>Gets which combinations are tried: all of them, or as many as <see cref="Samples"/>.</summary>
    public SweepMethod Method { get; set; } = SweepMethod.Grid;

    /// <summary>Gets how many combinations are drawn.</summary>
    public int Samples { get; set; } = 100;

    /// <summary>Gets the seed of the draws.</summary>
    public int Seed { get; set; } = 1;

    /// <summary>Gets by which figure the best is chosen.</summary>
    public Objective Objective { get; set; } = Objective.Sharpe;

    /// <summary>Gets the share of the equity behind one position.</summary>
    public decimal PositionFraction { get; set; } = 0.1m;

    /// <summary>Gets the notional per margin.</summary>
    public int Leverage { get; set; } = 1;

    /// <summary>Gets the fee of orders that fill at once, as a share of the notional.</summary>
    public decimal TakerFee { get; set; } = 0.0005m;

    /// <summary>Gets how much worse than the market's price a market order fills, as a share of the price.</summary>
    public decimal Slippage { get; set; } = 0.0002m;

    /// <summary>Gets a value indicating whether thresholds are tried that cannot pay their own costs.</summary>
    public bool AllowThresholdBelowCosts { get; set; }

    /// <summary>Reads a definition.</summary>
    /// <exception cref="SettingsException">It is not of that form; the message says where.</exception>
    public static SweepDefinition Read(ReadOnlySpan<byte> json)
    {
        try
        {
            return JsonSerializer.Deserialize(json, SweepJson.Default.SweepDefinition) ?? throw new SettingsException($"{SweepJob.DefinitionName} is empty.");
        }
        catch (JsonException e)
        {
            throw new SettingsException($"{SweepJob.DefinitionName} cannot be read: {e.Message}");
        }
    }

    /// <summary>Lists the combinations; the same ones in the same order wherever it is asked.</summary>
    public IReadOnlyList<ParameterSet> Sets()
    {
        var space = new ParameterSpace([.. Parameters.Select(parameter => parameter.ToParameter())]);
        var sets = Method switch
        {
            SweepMethod.Grid => space.Grid(),
            SweepMethod.Random => space.Random(Samples, Seed),
            _ => space.LatinHypercube(Samples, Seed),
        };
        return [.. sets.Distinct()];
    }

    public BacktestOptions ToBacktest(Symbol symbol) => new()
    {
        Trade = new TradeSettings
        {
            SymbolInfo = new SymbolInfo
            {
                Symbol = symbol,
                TickSize = Rules.TickSize,
                StepSize = Rules.StepSize,
                MinQuantity = Rules.MinQuantity,
                MaxQuantity = Rules.MaxQuantity,
                MinNotional = Rules.MinNotional,
            },
            PositionFraction = PositionFraction,
            Leverage = Leverage,
        },
        TakerFee = TakerFee,
        Slippage = Slippage,
        AllowThresholdBelowCosts = AllowThresholdBelowCosts,
    };
}
