using TradingBot.Backtesting;

namespace TradingBot.Reporting;

/// <summary>Says in plain words what stands between a backtest's figures and belief in them.</summary>
internal static class Findings
{
    private const int FewTrades = 30;
    private const double TellTale = 0.5;
    private const double TwoSided95 = 1.96;

    public static IEnumerable<string> Of(BacktestResult result, HoldingShare? holding)
    {
        var statistics = result.Statistics;
        if (statistics.TradeCount == 0)
        {
            yield return "It never traded, so there is nothing to judge.";
            yield break;
        }

        if (statistics.TradeCount < FewTrades)
        {
            yield return $"{statistics.TradeCount} trades are too few to tell skill from luck.";
        }

        if (holding is { Share: >= TellTale })
        {
            yield return Explain(holding, result.Bars.Symbol.BaseAsset);
        }

        if (statistics.TotalReturn < statistics.BuyAndHoldReturn)
        {
            yield return $"Buying and holding returned {Figures.Percent(statistics.BuyAndHoldReturn)}, this {Figures.Share(result, figures => figures.TotalReturn)}{Risk(result)}.";
        }

        if (Costs(result) is { } costs)
        {
            yield return costs;
        }

        if (Concentration(result) is { } concentration)
        {
            yield return concentration;
        }

        var span = result.Bars.CloseTimeAt(result.Bars.Count - 1) - result.Bars.OpenTimeAt(0);
        if (span < TimeSpan.FromDays(365))
        {
            yield return $"The bars span {Figures.Days(span)}; figures for a year are extrapolated.";
        }

        if (result.Trades[^1].IsOpen)
        {
            yield return "The last position is still open; its value counts at the last close, without the cost of leaving it.";
        }

        if (result.Model is { Skill: null } unjudged)
        {
            yield return $"The model '{unjudged.Name}' carries no verdict: nobody has shown that its forecasts are better than the last close.";
        }

        if (result.Model is { TrainedTo: null } unknown)
        {
            yield return $"The model '{unknown.Name}' does not say on what it was trained, so it may have seen these bars.";
        }
    }

    private static string Explain(HoldingShare holding, string asset)
    {
        var amount = holding.Share >= 1 ? "All of the average return, and more," : $"{Figures.Percent(holding.Share, 0)} of the average return";
        var rest = holding.AlphaT is { } t
            ? $" What is left, {Figures.Percent(holding.AnnualAlpha)} a year, {(Math.Abs(t) < TwoSided95 ? "cannot be told from chance" : "is more than chance explains")} (t {Figures.Number(t)})."
            : " Nothing is left.";
        return $"{amount} is explained by holding: a steady position of {Figures.Number(holding.Beta)} times the account in {asset} would have earned that much without a decision (R² {Figures.Number(holding.RSquared)}).{rest}";
    }

    private static string Risk(BacktestResult result)
    {
        var statistics = result.Statistics;
        var falls = $"{Figures.Share(result, figures => figures.MaxDrawdown)} against {Figures.Percent(statistics.BuyAndHoldMaxDrawdown)}";
        return statistics.MaxDrawdown < statistics.BuyAndHoldMaxDrawdown
            ? $", though with a smaller largest fall ({falls})"
            : $", and with a largest fall no smaller ({falls})";
    }

    private static string? Costs(BacktestResult result)
    {
        var statistics = result.Statistics;
        var edge = result.Trades.Sum(trade => trade.GrossProfit) + statistics.TotalSlippage;
        var costs = statistics.TotalFees + statistics.TotalSlippage - statistics.TotalFunding;
        if (edge > 0 && costs > edge)
        {
            return $"The trades earned {Figures.Money(edge)} before costs; fees, slippage and funding took {Figures.Money(costs)}, more than that.";
        }

        return edge > 0 && (double)(costs / edge) >= TellTale
            ? $"Fees, slippage and funding took {Figures.Percent((double)(costs / edge), 0)} of what the trades earned before costs."
            : null;
    }

    private static string? Concentration(BacktestResult result)
    {
        var net = result.Trades.Sum(trade => trade.NetProfit);
        return net > 0 && result.Trades.Count > 1 && result.Statistics.LargestWin is { } largest && (double)(largest / net) >= TellTale
            ? $"One trade made {Figures.Money(largest)} of {Figures.Money(net)} in all ({Figures.Percent((double)(largest / net), 0)}): without it the result is another."
            : null;
    }
}
