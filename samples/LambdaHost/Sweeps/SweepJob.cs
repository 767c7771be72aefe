using System.Globalization;
using System.Security.Cryptography;
using LambdaHost.Bots;
using TradingBot.Market;
using TradingBot.Optimization;
using TradingBot.Optimization.Ledger;
using TradingBot.Optimization.Parameters;
using TradingBot.Prediction;
using TradingBot.Strategies;

namespace LambdaHost.Sweeps;

/// <summary>A search that can be cut into slices, which are made anywhere and joined. Slice k of n has every n-th combination, from the k-th on.</summary>
internal sealed class SweepJob : IDisposable
{
    public const string DefinitionName = "sweep.json";
    private readonly SweepStore _store;
    private readonly SweepDefinition _definition;
    private readonly string _hash;
    private readonly BarSeries _bars;
    private readonly ForecastSeries _forecasts;
    private readonly IReadOnlyList<ParameterSet> _sets;

    private SweepJob(SweepStore store, SweepDefinition definition, string hash, BarSeries bars, ForecastSeries forecasts)
    {
        (_store, _definition, _hash, _bars, _forecasts) = (store, definition, hash, bars, forecasts);
        _sets = definition.Sets();
    }

    /// <summary>Reads definition, bars and model, and makes the forecasts.</summary>
    public static async Task<SweepJob> OpenAsync(string location, CancellationToken cancellationToken)
    {
        var store = SweepStore.Open(location);
        try
        {
            var json = await store.ReadAsync(DefinitionName, cancellationToken);
            var definition = SweepDefinition.Read(json);
            var csv = await store.ReadAsync(definition.Bars, cancellationToken);
            var model = await store.ReadAsync(definition.Model, cancellationToken);
            using var reader = new StreamReader(new MemoryStream(csv));
            var bars = BarCsv.Read(reader, store.AddressOf(definition.Bars), new BarCsvOptions { Symbol = Symbol.Parse(definition.Symbol), GapPolicy = GapPolicy.Flag });
            using var predictor = new OnnxPredictor(new ModelFile(store.AddressOf(definition.Model), model));
            return new SweepJob(store, definition, HashOf(json, csv, model), bars, predictor.PredictSeries(bars));
        }
        catch
        {
            store.Dispose();
            throw;
        }
    }

    public void Dispose() => _store.Dispose();

    /// <summary>Makes one slice and stores its trials.</summary>
    public async Task<SliceOutcome> RunSliceAsync(int slice, int slices, CancellationToken cancellationToken)
    {
        if (slices < 1 || slice < 0 || slice >= slices)
        {
            throw new SettingsException($"Expected a slice from 0 to below the number of slices, found {slice} of {slices}.");
        }

        ParameterSet[] sets = [.. _sets.Where((_, i) => i % slices == slice)];
        var folder = Directory.CreateTempSubdirectory("tradingbot-sweep-");
        try
        {
            var path = Path.Combine(folder.FullName, "trials.db");
            var refused = 0;
            using (var ledger = TrialLedger.Open(path))
            {
                // More slices than combinations leave some empty.
                refused = sets.Length == 0 ? 0 : Run(sets, ledger, cancellationToken).Result.Trials.Count(trial => trial.Outcome.Refusal is not null);
            }

            var name = NameOf(slice, slices);
            await _store.WriteAsync(name, path, cancellationToken);
            return new SliceOutcome(slice, slices, sets.Length, refused, _store.AddressOf(name));
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    /// <summary>Joins the slices into a ledger, and tells what the search found.</summary>
    public async Task<SweepOutcome> MergeAsync(int slices, string ledgerPath, CancellationToken cancellationToken)
    {
        using var ledger = TrialLedger.Open(ledgerPath);
        var folder = Directory.CreateTempSubdirectory("tradingbot-sweep-");
        try
        {
            for (var slice = 0; slice < slices; slice++)
            {
                var name = NameOf(slice, slices);
                var path = Path.Combine(folder.FullName, Path.GetFileName(name));
                await File.WriteAllBytesAsync(
                    path,
                    await _store.FindAsync(name, cancellationToken) ?? throw new SettingsException($"Slice {slice} of {slices} is missing: {_store.AddressOf(name)}. It was not made, or with another definition, other bars or another model."),
                    cancellationToken);
                ledger.Add(path);
            }

            return Run(_sets, ledger, cancellationToken).Outcome;
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    /// <summary>Makes the whole search in this process.</summary>
    public SweepOutcome RunAll(string ledgerPath, CancellationToken cancellationToken)
    {
        using var ledger = TrialLedger.Open(ledgerPath);
        return Run(_sets, ledger, cancellationToken).Outcome;
    }

    private (SweepResult Result, SweepOutcome Outcome) Run(IReadOnlyList<ParameterSet> sets, TrialLedger ledger, CancellationToken cancellationToken)
    {
        var sweep = new Sweep(new SweepOptions
        {
            StrategyName = _definition.Strategy,
            CreateStrategy = CreateStrategy,
            Backtest = _definition.ToBacktest(_bars.Symbol),
            Bars = _bars,
            Forecasts = _forecasts,
            Ledger = ledger,
            Objective = _definition.Objective,
        });
        var result = sweep.Run(sets, null, cancellationToken);
        return (result, SweepOutcome.Of(result, sweep.DataHash, _definition.Objective));
    }

    private static ThresholdStrategy CreateStrategy(ParameterSet set) => new(new ThresholdStrategyOptions
    {
        Threshold = set.Values.ContainsKey(SweepParameter.Threshold) ? set.Number(SweepParameter.Threshold) : new ThresholdStrategyOptions().Threshold,
        StopLoss = set.Values.ContainsKey(SweepParameter.StopLoss) ? set.Number(SweepParameter.StopLoss) : null,
    });

    // A slice that was made of anything else has another name, and is not taken for one of this search.
    private string NameOf(int slice, int slices) => string.Create(CultureInfo.InvariantCulture, $"results/{_hash}/slice-{slice:0000}-of-{slices:0000}.db");

    private static string HashOf(params ReadOnlySpan<byte[]> contents)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var content in contents)
        {
            hash.AppendData(SHA256.HashData(content));
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset())[..16];
    }
}
