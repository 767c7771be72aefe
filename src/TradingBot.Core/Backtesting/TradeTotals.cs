namespace TradingBot.Backtesting;

/// <summary>Sums over trades. A trade whose net profit is exactly 0 neither won nor lost; <see cref="Lost"/> is 0 or more.</summary>
internal sealed class TradeTotals
{
    public int Count { get; private set; }

    public int WinCount { get; private set; }

    public int LossCount { get; private set; }

    public decimal Won { get; private set; }

    public decimal Lost { get; private set; }

    public decimal? LargestWin { get; private set; }

    public decimal? LargestLoss { get; private set; }

    public decimal Fees { get; private set; }

    public decimal Funding { get; private set; }

    public decimal Slippage { get; private set; }

    public double? WinRate => Count == 0 ? null : (double)WinCount / Count;

    public double? ProfitFactor => LossCount == 0 ? null : (double)Won / (double)Lost;

    public static TradeTotals Of(IReadOnlyList<Trade> trades)
    {
        var totals = new TradeTotals();
        foreach (var trade in trades)
        {
            totals.Add(trade.NetProfit, trade.Fees, trade.Funding, trade.Slippage);
        }

        return totals;
    }

    public void Add(decimal netProfit, decimal fees, decimal funding, decimal slippage)
    {
        Count++;
        if (netProfit > 0)
        {
            WinCount++;
            Won += netProfit;
            LargestWin = Math.Max(LargestWin ?? netProfit, netProfit);
        }
        else if (netProfit < 0)
        {
            LossCount++;
            Lost -= netProfit;
            LargestLoss = Math.Min(LargestLoss ?? netProfit, netProfit);
        }

        Fees += fees;
        Funding += funding;
        Slippage += slippage;
    }
}
