using ExchangeChoice;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using TradingBot.Trading;

// ExchangeId=binance-net dotnet run --project samples/ExchangeChoice
var configuration = new ConfigurationBuilder()
    .AddJsonFile(Path.Combine(AppContext.BaseDirectory, "appsettings.json"))
    .AddEnvironmentVariables()
    .Build();
await using var provider = ExchangeBot.Create(configuration);
var result = await provider.GetRequiredService<Trader>().RunCycleAsync();
Console.WriteLine($"{configuration["ExchangeId"]}: {result.Outcome} on the bar of {result.BarOpenTime:u}, balance {result.Account?.Balance:0.00}");
