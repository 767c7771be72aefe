using TradingBot.Market;

namespace TradingBot.Backtesting;

/// <summary>Sums over trades. A trade whose net profit is exactly 0 neither won nor lost; <see cref="Lost"/> is 0 or more.</summary>
internal sealed class TradeTotals
{
    public int Count { get; private set; }

    public int WinCount { get; private set; }

    public int LossCount { get; private set; }

    public FastDecimal Won { get; private set; }

    public FastDecimal Lost { get; private set; }

    public FastDecimal? LargestWin { get; private set; }

    public FastDecimal? LargestLoss { get; private set; }

    public FastDecimal Fees { get; private set; }

    public FastDecimal Funding { get; private set; }

    public FastDecimal Slippage { get; private set; }

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

    /// <summary>Adds the sums over other trades.</summary>
    public void Add(TradeTotals other)
    {
        Count += other.Count;
        WinCount += other.WinCount;
        LossCount += other.LossCount;
        Won += other.Won;
        Lost += other.Lost;
        LargestWin = other.LargestWin is { } win ? FastDecimal.Max(LargestWin ?? win, win) : LargestWin;
        LargestLoss = other.LargestLoss is { } loss ? FastDecimal.Min(LargestLoss ?? loss, loss) : LargestLoss;
        Fees += other.Fees;
        Funding += other.Funding;
        Slippage += other.Slippage;
    }

    public void Add(FastDecimal netProfit, FastDecimal fees, FastDecimal funding, FastDecimal slippage)
    {
        Add(netProfit, fees, slippage);
        Funding += funding;
    }

    /// <summary>Adds a trade without funding, as most are.</summary>
    public void Add(FastDecimal netProfit, FastDecimal fees, FastDecimal slippage)
    {
        Count++;
        if (netProfit.IsPositive)
        {
            WinCount++;
            Won += netProfit;
            LargestWin = LargestWin is { } largest ? FastDecimal.Max(largest, netProfit) : netProfit;
        }
        else if (netProfit.IsNegative)
        {
            LossCount++;
            Lost -= netProfit;
            LargestLoss = LargestLoss is { } largest ? FastDecimal.Min(largest, netProfit) : netProfit;
        }

        Fees += fees;
        Slippage += slippage;
    }
}
