using System.CommandLine;
using TradingBot.Optimization;
using TradingBot.Optimization.Ledger;

namespace ConsoleHost.Commands;

/// <summary>The options that say where trials are counted, and under which name.</summary>
internal static class LedgerOptions
{
    public static Option<FileInfo> Ledger(FileInfo? unlessGiven)
    {
        var option = new Option<FileInfo>("--ledger") { Description = "The file in which every trial is recorded, so that later ones know how many went before." };
        if (unlessGiven is not null)
        {
            option.DefaultValueFactory = _ => unlessGiven;
        }

        return option;
    }

    public static Option<string?> Name() => new("--name")
    {
        Description = "The name under which the ledger counts the trials. Left out, the strategy's; give a strategy whose code changed a new one.",
    };

    public static SweepOptions ToSweep(BacktestInput input, TrialLedger ledger, string? name) => new()
    {
        StrategyName = name ?? input.Strategy.Name,
        CreateStrategy = input.Strategy.Make,
        Backtest = input.Options,
        Bars = input.Bars,
        Forecasts = input.Forecasts,
        Model = input.Model,
        Ledger = ledger,
    };
}
