using TradingBot.Backtesting;
using TradingBot.Market;
using TradingBot.Simulation;

namespace TradingBot.Reporting;

/// <summary>Writes how a backtest was made: its options, its model, and what it takes to repeat it.</summary>
internal static class BacktestSettings
{
    public static void Write(HtmlWriter html, BacktestResult result, BacktestReportOptions options)
    {
        html.Section("options", "Options").Facts(Options(result));
        html.Element("p", $"Maintenance margin and highest leverage by notional: {string.Join("; ", result.Options.MarginTiers.Tiers.Select(Tier))}.", "class=\"note\"");
        if (result.BreakEven is { } breakEven)
        {
            html.Element("p", breakEven.Explanation);
        }

        html.EndSection().Section("model", "Model");
        if (result.Model is { } model)
        {
            ModelFacts.Write(html, model);
        }
        else
        {
            html.Element("p", result.Forecasts is null ? "The strategy ran without forecasts." : "The forecasts came without a description of their model.");
        }

        html.EndSection().Section("reproduce", "To reproduce this").Facts(Reproduction(result));
        if (options.Settings.Count > 0)
        {
            html.Facts(options.Settings.OrderBy(pair => pair.Key, StringComparer.Ordinal).Select(pair => (pair.Key, (string?)pair.Value)));
        }
        else
        {
            html.Element("p", "The settings of the strategy are not recorded here; who wrote this report did not give them.", "class=\"note\"");
        }

        html.Element("p", $"Hash of the bars: {Fingerprint.Recipe}. Hash of the forecasts: SHA-256 of the prices, one 64-bit float per bar.", "class=\"note\"").EndSection();
    }

    /// <summary>Says which finer bars were given.</summary>
    public static string DescriptionOf(BarSeries? finer) => finer is null ? "none" : $"{finer.Interval}, {Figures.Count(finer.Count)}, hash {Fingerprint.Of(finer)}";

    private static IEnumerable<(string Name, string? Value)> Options(BacktestResult result)
    {
        var options = result.Options;
        var (trade, info) = (options.Trade, options.Trade.SymbolInfo);
        yield return ("Initial balance", Figures.Money(options.InitialBalance));
        yield return ("Position as share of the equity", Figures.Rate(trade.PositionFraction));
        yield return ("Leverage", $"{trade.Leverage}x, {options.MarginMode}");
        yield return ("Largest notional", trade.MaxNotional is { } notional ? Figures.Money(notional) : "no limit");
        yield return ("Stop order at a loss of", trade.StopLoss is { } stop ? Figures.Rate(stop) : "none");
        yield return ("Largest loss a day", trade.MaxDailyLoss is { } loss ? Figures.Rate(loss) : "no limit");
        yield return ("Largest drawdown", trade.MaxDrawdown is { } drawdown ? Figures.Rate(drawdown) : "no limit");
        yield return ("Fee of a maker, of a taker", $"{Figures.Rate(options.MakerFee)}, {Figures.Rate(options.TakerFee)}");
        yield return ("Slippage", Figures.Rate(options.Slippage));
        yield return ("Funding in these bars", Funding(result));
        yield return ("Price step, quantity step", $"{Figures.Exact(info.TickSize)}, {Figures.Exact(info.StepSize)}");
        yield return ("Quantity, at market", $"{Figures.Exact(info.MinQuantity)} to {Figures.Exact(info.MaxQuantity)}, {Figures.Exact(info.MaxMarketQuantity)}");
        yield return ("Smallest notional", Figures.Exact(info.MinNotional));
        yield return ("Threshold below costs allowed", options.AllowThresholdBelowCosts ? "yes" : "no");
        yield return ("Bot", trade.BotId);
    }

    private static string Tier(MarginTier tier) =>
        $"{(tier.NotionalCap == decimal.MaxValue ? "above" : $"to {tier.NotionalCap:#,0}")} {Figures.Rate(tier.MaintenanceRate)}, {tier.MaxLeverage}x";

    private static string Funding(BacktestResult result)
    {
        var (bars, schedule) = (result.Bars, result.Options.Funding);
        var end = bars.CloseTimeAt(bars.Count - 1);
        var (count, sum, lowest, highest) = (0, 0m, decimal.MaxValue, decimal.MinValue);
        for (var next = schedule.NextAfter(bars.OpenTimeAt(0)); next is { } payment && payment.Time <= end; next = schedule.NextAfter(payment.Time))
        {
            (count, sum, lowest, highest) = (count + 1, sum + payment.Rate, Math.Min(lowest, payment.Rate), Math.Max(highest, payment.Rate));
        }

        return count == 0 ? "none"
            : lowest == highest ? $"{Figures.Count(count)} payments of {Figures.Rate(lowest)}"
            : $"{Figures.Count(count)} payments of {Figures.Rate(lowest)} to {Figures.Rate(highest)}, {Figures.Rate(sum / count)} on average";
    }

    private static IEnumerable<(string Name, string? Value)> Reproduction(BacktestResult result)
    {
        var bars = result.Bars;
        yield return ("Market, interval", $"{bars.Symbol.UnifiedName}, {bars.Interval}");
        yield return ("First bar opens", Figures.Instant(bars.OpenTimeAt(0)));
        yield return ("Last bar closes", Figures.Instant(bars.CloseTimeAt(bars.Count - 1)));
        yield return ("Bars, missing bars", $"{Figures.Count(bars.Count)}, {Figures.Count(bars.Gaps.Sum(gap => gap.Count))}");
        yield return ("Hash of the bars", Fingerprint.Of(bars));
        yield return ("Finer bars", DescriptionOf(result.Options.FinerBars));
        yield return ("Bars that hide the order of events", Figures.Count(result.AmbiguousBars.Count));
        yield return ("Hash of the forecasts", result.Forecasts is { } forecasts ? Fingerprint.Of(forecasts.Prices) : "no forecasts");
        yield return ("Hash of the model's file", result.Model?.ContentHash ?? "no file");
        yield return ("Software", Page.Version);
    }
}
