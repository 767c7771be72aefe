using TradingBot.Backtesting;
using TradingBot.Market;
using TradingBot.Optimization.Parameters;
using TradingBot.Statistics;

namespace TradingBot.Optimization;

/// <summary>Trades one window with chosen parameters, from flat to flat. The bars before the window are seen, not traded.</summary>
internal sealed record TradeWindow(double[] Equity, IReadOnlyList<Trade> Trades, decimal Balance)
{
    public static TradeWindow Idle(decimal balance, int bars) => new([.. Enumerable.Repeat((double)balance, bars)], [], balance);

    public static TradeWindow Run(SweepOptions options, ParameterSet parameters, decimal balance, int from, int to)
    {
        // The first decision falls on the close before the window, so that its order fills at the window's first open.
        var start = Math.Max(0, from - options.CreateStrategy(parameters).Lookback);
        var bars = options.Bars[start..to];

        // What the costs of these bars come to was not known when the parameters were chosen, so it refuses nothing here.
        var adjusted = options with
        {
            AdjustBacktest = (set, backtest) => (options.AdjustBacktest?.Invoke(set, backtest) ?? backtest) with { InitialBalance = balance, AllowThresholdBelowCosts = true, RunsOptimistically = false },
        };
        var result = new TrialRunner(adjusted, "", bars, TrialRunner.Slice(options.Forecasts, bars, start)).Backtest(parameters);
        var trades = CloseAtTheEnd(result);
        double[] equity = [.. result.Equity.Span[(from - start)..]];
        var left = balance + trades.Sum(trade => trade.NetProfit);
        equity[^1] = (double)left;
        return new TradeWindow(equity, trades, left);
    }

    public double? Sharpe(decimal balance, Interval interval) =>
        EquityReturns.Compute((double)balance, Equity) is { } returns ? ReturnMoments.Of(returns).Sharpe * Math.Sqrt(interval.BarsPerYear) : null;

    private static IReadOnlyList<Trade> CloseAtTheEnd(BacktestResult result)
    {
        if (result.Trades.Count == 0 || result.Trades[^1] is not { IsOpen: true } open)
        {
            return result.Trades;
        }

        var held = Math.Abs(result.Fills.Sum(fill => fill.Side == Side.Buy ? fill.Quantity : -fill.Quantity));
        var notional = held * (decimal)result.Bars.Closes[^1];
        var slippage = notional * result.Options.Slippage;
        return
        [
            .. result.Trades.SkipLast(1),
            open with
            {
                IsOpen = false,
                ExitReason = "the window ended",
                GrossProfit = open.GrossProfit - slippage,
                Slippage = open.Slippage + slippage,
                Fees = open.Fees + (notional * result.Options.TakerFee),
            },
        ];
    }
}
