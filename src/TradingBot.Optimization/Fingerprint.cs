using System.Globalization;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;
using TradingBot.Backtesting;
using TradingBot.Market;
using TradingBot.Optimization.Parameters;
using TradingBot.Prediction;

namespace TradingBot.Optimization;

/// <summary>Hashes by which the same data and the same options are recognised, in this process and in later ones.</summary>
internal static class Fingerprint
{
    // Every trial may ask for the hash of the same long series.
    private static readonly ConditionalWeakTable<BarSeries, string> FinerHashes = [];

    public static string Of(BarSeries bars)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        Append(hash, $"{bars.Symbol.UnifiedName} {bars.Interval} {bars.Count}");
        hash.AppendData(MemoryMarshal.AsBytes(bars.OpenTimes));
        hash.AppendData(MemoryMarshal.AsBytes(bars.Opens));
        hash.AppendData(MemoryMarshal.AsBytes(bars.Highs));
        hash.AppendData(MemoryMarshal.AsBytes(bars.Lows));
        hash.AppendData(MemoryMarshal.AsBytes(bars.Closes));
        hash.AppendData(MemoryMarshal.AsBytes(bars.Volumes));
        return Finish(hash);
    }

    public static string Of(ForecastSeries? forecasts)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        Append(hash, forecasts is null ? "none" : string.Create(CultureInfo.InvariantCulture, $"{forecasts.Horizon}"));
        hash.AppendData(MemoryMarshal.AsBytes(forecasts is null ? [] : forecasts.Prices));
        return Finish(hash);
    }

    /// <summary>Hashes options by all that they mean for these bars; the funding by the payments that fall on them.</summary>
    public static string Of(BacktestOptions options, string forecasts, BarSeries bars)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);

        // The record's own text names every property, those that are added later too; funding and margin tiers it only names by type,
        // and finer bars by their number. A second run on the optimistic path changes no trial.
        Append(hash, (options with { RunsOptimistically = true }).ToString());
        Append(hash, options.FinerBars is { } finer ? FinerHashes.GetValue(finer, Of) : "none");
        Append(hash, forecasts);
        foreach (var tier in options.MarginTiers.Tiers)
        {
            Append(hash, tier.ToString());
        }

        var end = bars.CloseTimeAt(bars.Count - 1);
        for (var payment = options.Funding.NextAfter(bars.OpenTimeAt(0).AddMilliseconds(-1)); payment is { } due && due.Time <= end; payment = options.Funding.NextAfter(due.Time))
        {
            Append(hash, string.Create(CultureInfo.InvariantCulture, $"{due.Time.ToUnixTimeMilliseconds()} {due.Rate}"));
        }

        return Finish(hash);
    }

    public static string Of(IReadOnlyList<ParameterSet> sets)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var set in sets)
        {
            Append(hash, set.ToString());
        }

        return Finish(hash);
    }

    private static void Append(IncrementalHash hash, string text)
    {
        hash.AppendData(Encoding.UTF8.GetBytes(text));
        hash.AppendData([(byte)'\n']);
    }

    private static string Finish(IncrementalHash hash) => Convert.ToHexStringLower(hash.GetHashAndReset());
}
