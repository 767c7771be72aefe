using TradingBot.Backtesting;

namespace TradingBot.Reporting;

/// <summary>Writes how a portfolio was made: the account, each market, and what it takes to repeat it.</summary>
internal static class PortfolioSettings
{
    public static void Write(HtmlWriter html, PortfolioResult result, PortfolioReportOptions options)
    {
        html.Section("options", "Options").Facts(Account(result.Options)).EndSection();
        html.Section("reproduce", "To reproduce this");
        foreach (var market in result.Markets)
        {
            html.Element("h3", market.Market.Bars.Symbol.UnifiedName).Facts(Market(market));
            if (market.BreakEven is { } breakEven)
            {
                html.Element("p", breakEven.Explanation);
            }
        }

        html.Element("h3", "The run").Facts([("Software", Page.Version)]);
        if (options.Settings.Count > 0)
        {
            html.Facts(options.Settings.OrderBy(pair => pair.Key, StringComparer.Ordinal).Select(pair => (pair.Key, (string?)pair.Value)));
        }
        else
        {
            html.Element("p", "The settings of the strategies are not recorded here; who wrote this report did not give them.", "class=\"note\"");
        }

        html.Element("p", $"Hash of the bars: {Fingerprint.Recipe}. Hash of the forecasts: SHA-256 of the prices, one 64-bit float per bar.", "class=\"note\"").EndSection();
    }

    private static IEnumerable<(string Name, string? Value)> Account(PortfolioOptions options)
    {
        yield return ("Initial balance", Figures.Money(options.InitialBalance));
        yield return ("Margin", options.MarginMode.ToString());
        yield return ("Fee of a maker, of a taker", $"{Figures.Rate(options.MakerFee)}, {Figures.Rate(options.TakerFee)}");
        yield return ("Slippage", Figures.Rate(options.Slippage));
        yield return ("Largest loss a day, of the account", options.MaxDailyLoss is { } loss ? Figures.Rate(loss) : "no limit");
        yield return ("Largest drawdown, of the account", options.MaxDrawdown is { } drawdown ? Figures.Rate(drawdown) : "no limit");
        yield return ("Threshold below costs allowed", options.AllowThresholdBelowCosts ? "yes" : "no");
    }

    private static IEnumerable<(string Name, string? Value)> Market(PortfolioMarketResult result)
    {
        var market = result.Market;
        var (bars, trade) = (market.Bars, market.Trade);
        yield return ("Interval", bars.Interval.ToString());
        yield return ("First bar opens", Figures.Instant(bars.OpenTimeAt(0)));
        yield return ("Last bar closes", Figures.Instant(bars.CloseTimeAt(bars.Count - 1)));
        yield return ("Bars, missing bars", $"{Figures.Count(bars.Count)}, {Figures.Count(bars.Gaps.Sum(gap => gap.Count))}");
        yield return ("Position as share of the equity, leverage", $"{Figures.Rate(trade.PositionFraction)}, {trade.Leverage}x");
        yield return ("Largest notional", trade.MaxNotional is { } notional ? Figures.Money(notional) : "no limit");
        yield return ("Stop loss", trade.StopLoss is { } stop ? Figures.Rate(stop) : "none");
        yield return ("Price step, quantity step", $"{Figures.Exact(trade.SymbolInfo.TickSize)}, {Figures.Exact(trade.SymbolInfo.StepSize)}");
        yield return ("Model", market.Model is { } model ? $"{model.Name}, {(model.Skill is { } skill ? $"verdict {skill.Verdict}" : "without a verdict")}" : "none");
        yield return ("Hash of the bars", Fingerprint.Of(bars));
        yield return ("Finer bars", BacktestSettings.DescriptionOf(market.FinerBars));
        yield return ("Bars that hide the order of events", Figures.Count(result.AmbiguousBars.Count));
        yield return ("Hash of the forecasts", market.Forecasts is { } forecasts ? Fingerprint.Of(forecasts.Prices) : "no forecasts");
        yield return ("Hash of the model's file", market.Model?.ContentHash ?? "no file");
    }
}
