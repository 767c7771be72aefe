using TradingBot.Backtesting;
using TradingBot.Market;
using TradingBot.Simulation;
using TradingBot.Strategies;
using TradingBot.Trading;

namespace TradingBot.Core.Tests.Backtesting;

/// <summary>A crossover of two averages on real hourly bars, trade by trade against engines that share nothing with this one.</summary>
public sealed class CrossoverAgreementTests
{
    private const string File = "btcusdt-spot-1h.csv";

    // A fractional market: prices in cents, quantities in hundred-millionths.
    private static readonly BacktestOptions AllIn = new()
    {
        Trade = new TradeSettings
        {
            SymbolInfo = new SymbolInfo
            {
                Symbol = Symbol.Parse("BTCUSDT"),
                TickSize = 0.01m,
                StepSize = 0.00000001m,
                MinQuantity = 0.00000001m,
                MaxQuantity = 1_000_000m,
                MinNotional = 0m,
            },
            PositionFraction = 1,
        },
        TakerFee = 0.0005m,
        Slippage = 0,
        Funding = FundingSchedule.None,
    };

    [SharedDataFact]
    public void Run_RealBars_EqualsTheNaiveEngineInEveryTrade()
    {
        var result = Run(new SmaCrossoverOptions());
        var naive = new NaiveCrossover(System.IO.File.ReadLines(SharedData.Path(File)), AllIn.InitialBalance);

        result.Trades.Where(trade => !trade.IsOpen)
            .Select(trade => (trade.EntrySide, trade.EntryTime, trade.ExitTime, trade.Quantity, trade.EntryPrice, trade.ExitPrice, trade.GrossProfit, trade.Fees))
            .Should().Equal(naive.Trades);
        result.Statistics.FinalBalance.Should().Be(naive.Balance);
        result.Equity.Span[^1].Should().BeApproximately((double)naive.Equity, 1e-9);
        result.Trades[^1].IsOpen.Should().Be(naive.OpenSide != 0);
        result.Trades.Should().HaveCountGreaterThan(1_000);
        result.Denials.Should().BeEmpty("every decision became a trade");
    }

    // Another engine puts all the equity of the fill's instant into a position, in fractions of any size.
    [SharedDataFact]
    public void Run_RealBars_TradesAsAnEngineOfFractionsDoes()
    {
        var result = Run(new SmaCrossoverOptions());
        const double Fee = 0.0005;
        var cash = (double)AllIn.InitialBalance;
        foreach (var trade in result.Trades.Where(trade => !trade.IsOpen))
        {
            var (entry, exit, side) = ((double)trade.EntryPrice, (double)trade.ExitPrice, trade.EntrySide == Side.Buy ? 1 : -1);
            var earned = (side * ((exit / entry) - 1)) - (Fee * (1 + (exit / entry)));

            ((double)(trade.NetProfit / (trade.Quantity * trade.EntryPrice))).Should().BeApproximately(earned, 1e-8, "of the trade of {0}", trade.EntryTime);
            cash *= 1 + (earned / (1 + Fee));
        }

        // A quarter of a per cent less in each position makes that much less of the return, compounded.
        var others = (cash / (double)AllIn.InitialBalance) - 1;
        ((double)(result.Statistics.FinalBalance / AllIn.InitialBalance) - 1).Should().BeApproximately(others, 0.01 * Math.Abs(others));
    }

    [SharedDataFact]
    public void Run_WaitForCross_LacksOnlyTheTradeBeforeTheFirstCross()
    {
        var (level, cross) = (Run(new SmaCrossoverOptions()), Run(new SmaCrossoverOptions { WaitForCross = true }));

        cross.Trades.Select(trade => (trade.EntrySide, trade.EntryTime, trade.ExitTime))
            .Should().Equal(level.Trades.Skip(1).Select(trade => (trade.EntrySide, trade.EntryTime, trade.ExitTime)));
    }

    private static BacktestResult Run(SmaCrossoverOptions options)
    {
        var bars = BarCsv.Read(SharedData.Path(File), new BarCsvOptions { Symbol = Symbol.Parse("BTCUSDT"), GapPolicy = GapPolicy.Flag });
        return new Backtester(AllIn).Run(bars, new SmaCrossoverStrategy(options));
    }
}
