using System.Security.Cryptography;
using System.Text;
using TradingBot.Optimization.Parameters;

namespace TradingBot.Optimization.Ledger;

/// <summary>What makes a trial the same trial: strategy, data, the part of the data, options and parameters.</summary>
public sealed record TrialKey
{
    /// <summary>Gets the strategy's name. A strategy whose code changed needs a new one, such as "crossover 2".</summary>
    public required string Strategy { get; init; }

    /// <summary>Gets the hash of all bars of the data set.</summary>
    public required string DataHash { get; init; }

    /// <summary>Gets the UTC open time of the first bar that was traded.</summary>
    public required DateTimeOffset From { get; init; }

    /// <summary>Gets the UTC close time of the last bar that was traded.</summary>
    public required DateTimeOffset To { get; init; }

    /// <summary>Gets the hash of the backtest's options and of the forecasts.</summary>
    public required string OptionsHash { get; init; }

    /// <summary>Gets the parameters.</summary>
    public required ParameterSet Parameters { get; init; }

    /// <summary>Gets the trial's name in the ledger, a hash of all of the above.</summary>
    public string Id => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(
        $"{Strategy}\n{DataHash}\n{From.ToUnixTimeMilliseconds()}\n{To.ToUnixTimeMilliseconds()}\n{OptionsHash}\n{Parameters}")));
}
