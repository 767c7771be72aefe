using System.Globalization;
using Spectre.Console;
using TradingBot.Benchmarks.Exchanges;

// The figures that docs/exchanges.md quotes.
//   dotnet run -c Release --project benchmarks/TradingBot.Benchmarks.Exchanges -- [runs]
if (args is ["client", var exchangeId, var address])
{
    await ClientRun.RunAsync(exchangeId, new Uri(address), Console.Out);
    return;
}

AnsiConsole.Profile.Width = Math.Max(AnsiConsole.Profile.Width, 150);
await Comparison.RunAsync(args is [var runs] ? int.Parse(runs, CultureInfo.InvariantCulture) : 5);
