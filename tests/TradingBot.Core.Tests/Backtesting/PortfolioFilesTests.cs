using TradingBot.Backtesting;
using TradingBot.Strategies;
using static TradingBot.Core.Tests.Backtesting.PortfolioCases;

namespace TradingBot.Core.Tests.Backtesting;

public sealed class PortfolioFilesTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("tradingbot-");
    private readonly PortfolioResult _result = new PortfolioBacktester(Free).Run(
    [
        Scripted(Hours(Btc, Flat(100), Flat(100), Flat(110)), 0.1m, 1, (0, Decision.Long.Because("in")), (1, Decision.Close.Because("out"))),
        Scripted(Hours(Eth, null, Flat(50), Move(50, 60)), 0.1m, 1, (1, Decision.Long)),
    ]);

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public void WriteTrades_Portfolio_NamesTheMarketOfEach()
    {
        var path = Path.Combine(_folder.FullName, "sub", "trades.csv");

        BacktestFiles.WriteTrades(_result, path);

        File.ReadAllLines(path).Should().Equal(
            "symbol,side,entry_time,exit_time,bars_held,quantity,entry_price,exit_price,gross_profit,fees,funding,slippage,net_profit,entry_reason,exit_reason,is_open",
            "BTCUSDT,long,2026-03-01T01:00:00Z,2026-03-01T02:00:00Z,1,10.000,100,110,100.000,0.000,0,0.000,100.000,in,out,false",
            "ETHUSDT,long,2026-03-01T02:00:00Z,2026-03-01T03:00:00Z,0,20.000,50,60,200.000,0.000,0,0.000,200.000,,,true");
    }

    [Fact]
    public void WriteEquity_Portfolio_HasEveryCloseAndTheHolding()
    {
        var path = Path.Combine(_folder.FullName, "equity.csv");

        BacktestFiles.WriteEquity(_result, path);

        File.ReadAllLines(path).Should().Equal(
            "time,equity,buy_and_hold",
            "2026-03-01T01:00:00Z,10000,10000",
            "2026-03-01T02:00:00Z,10000,10000",
            "2026-03-01T03:00:00Z,10300,11500");
    }

    [Fact]
    public void WriteEquity_BarsThatHideTheOrder_HasTheOtherEquityToo()
    {
        var path = Path.Combine(_folder.FullName, "equity.csv");

        BacktestFiles.WriteEquity(_result with { Optimistic = new OptimisticResult { Statistics = _result.Statistics, Equity = new double[] { 10_000, 10_001, 10_302.5 } } }, path);

        File.ReadAllLines(path).Should().Equal(
            "time,equity,buy_and_hold,equity_optimistic",
            "2026-03-01T01:00:00Z,10000,10000,10000",
            "2026-03-01T02:00:00Z,10000,10000,10001",
            "2026-03-01T03:00:00Z,10300,11500,10302.5");
    }
}
