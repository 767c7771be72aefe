using Spectre.Console;
using TradingBot.Backtesting;
using TradingBot.Optimization.Parameters;
using TradingBot.Reporting;

namespace ConsoleHost;

/// <summary>Runs one strategy on several markets with one account, and shows and writes what came of it.</summary>
internal static class PortfolioBacktest
{
    public static void Run(IAnsiConsole console, IReadOnlyList<BacktestInput> inputs, ParameterSet values, DirectoryInfo folder, IReadOnlyDictionary<string, string> facts)
    {
        var costs = inputs[0].Options;
        var account = new PortfolioOptions
        {
            InitialBalance = costs.InitialBalance,
            MakerFee = costs.MakerFee,
            TakerFee = costs.TakerFee,
            Slippage = costs.Slippage,
            MarginMode = costs.MarginMode,
            AllowThresholdBelowCosts = costs.AllowThresholdBelowCosts,
        };
        var result = new PortfolioBacktester(account).Run([.. inputs.Select(input => new PortfolioMarket
        {
            Bars = input.Bars,
            Strategy = input.Strategy.Make(values),
            Trade = input.Options.Trade,
            Forecasts = input.Forecasts,
            Model = input.Model,
            Funding = input.Options.Funding,
            MarginTiers = input.Options.MarginTiers,
            FinerBars = input.Options.FinerBars,
        })]);
        var title = $"{inputs[0].Strategy.Name} on {string.Join(", ", inputs.Select(input => input.Bars.Symbol))}";
        PortfolioTable.Write(console, result, title);
        ResultFiles.Write(console, result, folder, new PortfolioReportOptions { Title = title, Settings = facts });
    }
}
