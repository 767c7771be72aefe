using System.Globalization;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;
using TradingBot.Backtesting;
using TradingBot.Market;
using TradingBot.Optimization.Parameters;
using TradingBot.Prediction;
using TradingBot.Trading;

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

        AppendChanges(hash, options);
        Append(hash, options.FinerBars is { } finer ? FinerHashes.GetValue(finer, Of) : "none");
        Append(hash, forecasts);
        foreach (var tier in options.MarginTiers.Tiers)
        {
            Append(hash, string.Create(
                CultureInfo.InvariantCulture, $"{tier.NotionalFloor} {tier.NotionalCap} {tier.MaintenanceRate} {tier.MaintenanceAmount} {tier.MaxLeverage}"));
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

    // Only what differs from its default: an option that is added later, and left alone, changes no trial of before. Funding, margin tiers and finer bars
    // are hashed by what they mean; a second run on the optimistic path changes no trial; the settings' own fee is not used.
    private static void AppendChanges(IncrementalHash hash, BacktestOptions options)
    {
        var rules = options.Trade.SymbolInfo;
        var plainRules = new SymbolInfo
        {
            Symbol = rules.Symbol,
            TickSize = rules.TickSize,
            StepSize = rules.StepSize,
            MinQuantity = rules.MinQuantity,
            MaxQuantity = rules.MaxQuantity,
            MinNotional = rules.MinNotional,
        };
        Append(hash, Text(plainRules));
        AppendChanges(hash, nameof(SymbolInfo), rules, plainRules);
        var plainTrade = new TradeSettings { SymbolInfo = rules };
        AppendChanges(hash, nameof(TradeSettings), options.Trade with { TakerFee = plainTrade.TakerFee }, plainTrade);
        var plain = new BacktestOptions { Trade = plainTrade };
        var compared = options with
        {
            Trade = plainTrade,
            Funding = plain.Funding,
            MarginTiers = plain.MarginTiers,
            FinerBars = plain.FinerBars,
            RunsOptimistically = plain.RunsOptimistically,
        };
        AppendChanges(hash, nameof(BacktestOptions), compared, plain);
    }

    // A record's own text names every property in one order, those that are added later too.
    private static void AppendChanges(IncrementalHash hash, string name, object record, object defaults)
    {
        var (parts, plainParts) = (PartsOf(name, record), PartsOf(name, defaults));
        if (parts.Length != plainParts.Length)
        {
            // A name that looks like several properties.
            Append(hash, string.Join(", ", parts));
            return;
        }

        foreach (var (part, plainPart) in parts.Zip(plainParts))
        {
            if (part != plainPart)
            {
                Append(hash, $"{name}: {part}");
            }
        }
    }

    private static string[] PartsOf(string name, object record)
    {
        var culture = CultureInfo.CurrentCulture;
        try
        {
            // A record writes its numbers as the culture does.
            CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
            return Array.ConvertAll(record.ToString()![$"{name} {{ ".Length..].Split(", "), part => part.TrimEnd(' ', '}'));
        }
        finally
        {
            CultureInfo.CurrentCulture = culture;
        }
    }

    private static string Text(SymbolInfo rules) => string.Create(
        CultureInfo.InvariantCulture,
        $"{rules.Symbol.UnifiedName} {rules.TickSize} {rules.StepSize} {rules.MinQuantity} {rules.MaxQuantity} {rules.MinNotional}");

    private static void Append(IncrementalHash hash, string text)
    {
        hash.AppendData(Encoding.UTF8.GetBytes(text));
        hash.AppendData([(byte)'\n']);
    }

    private static string Finish(IncrementalHash hash) => Convert.ToHexStringLower(hash.GetHashAndReset());
}
