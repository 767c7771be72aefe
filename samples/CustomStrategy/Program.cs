using CustomStrategy;
// <quickstart>
using Microsoft.Extensions.DependencyInjection;
using TradingBot.Market;
using TradingBot.Prediction;
using TradingBot.Testing;
using TradingBot.Trading;

var services = new ServiceCollection();
services.AddTradingBot(options => { options.Symbol = "BTCUSDT"; options.Interval = Interval.OneHour; })
    .UseStrategy<BreakoutStrategy>()
    .UsePredictor(new PersistencePredictor(Interval.OneHour)) // or UseModel("model.onnx")
    .UseFakeExchange(SampleBars.RandomWalk(count: 500, seed: 1));
await using var provider = services.BuildServiceProvider();
var (trader, exchange) = (provider.GetRequiredService<Trader>(), provider.GetRequiredService<FakeExchange>());
do { await trader.RunCycleAsync(); } while (exchange.AdvanceToNextBar());
Console.WriteLine($"{exchange.Fills.Count} fills, balance {exchange.Balance:0.00}");
// </quickstart>
