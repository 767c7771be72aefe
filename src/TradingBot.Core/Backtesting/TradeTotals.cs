namespace TradingBot.Backtesting;

/// <summary>Sums over trades. A trade whose net profit is exactly 0 neither won nor lost; <see cref="Lost"/> is 0 or more.</summary>
internal sealed record TradeTotals(
    int WinCount,
    int LossCount,
    decimal Won,
    decimal Lost,
    decimal? LargestWin,
    decimal? LargestLoss,
    decimal Fees,
    decimal Funding,
    decimal Slippage)
{
    public static TradeTotals Of(IReadOnlyList<Trade> trades)
    {
        var wins = trades.Where(trade => trade.NetProfit > 0).Select(trade => trade.NetProfit).ToArray();
        var losses = trades.Where(trade => trade.NetProfit < 0).Select(trade => trade.NetProfit).ToArray();
        return new TradeTotals(
            wins.Length,
            losses.Length,
            wins.Sum(),
            -losses.Sum(),
            wins.Length == 0 ? null : wins.Max(),
            losses.Length == 0 ? null : losses.Min(),
            trades.Sum(trade => trade.Fees),
            trades.Sum(trade => trade.Funding),
            trades.Sum(trade => trade.Slippage));
    }
}
