using System.Globalization;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using TradingBot.CryptoExchange;
using TradingBot.Market;
using TradingBot.Trading;

namespace TradingBot.Benchmarks.Exchanges;

/// <summary>One client in a process of its own: says when its first request is answered, then what the next ones cost.</summary>
internal static class ClientRun
{
    public const string FirstAnswer = "first";
    private const int Readings = 200;
    private const int Pages = 40;
    private const int Orders = 40;
    private static readonly Symbol Symbol = Symbol.Parse("BTCUSDT");

    public static async Task RunAsync(string exchangeId, Uri address, TextWriter output)
    {
        var services = new ServiceCollection();
        services.AddTradingBot(Settings(address)).UseExchange(exchangeId);
        await using var provider = services.BuildServiceProvider();
        var (fetcher, orderer) = (provider.GetRequiredService<IFetcher>(), provider.GetRequiredService<IOrderer>());

        await fetcher.FetchBarsAsync(Bars(100));
        await output.WriteLineAsync(FirstAnswer);
        await output.FlushAsync();

        var readings = await TimesAsync(Readings, _ => fetcher.FetchBarsAsync(Bars(100)));
        await fetcher.FetchBarsAsync(Bars(1_000));
        var before = GC.GetTotalAllocatedBytes(precise: true);
        var pages = await TimesAsync(Pages, _ => fetcher.FetchBarsAsync(Bars(1_000)));
        var allocated = (GC.GetTotalAllocatedBytes(precise: true) - before) / (double)Pages;
        await orderer.SubmitAsync(Order(-1));
        var orders = await TimesAsync(Orders, i => orderer.SubmitAsync(Order(i)));

        await WriteAsync(output, "bars100", Median(readings));
        await WriteAsync(output, "bars100p95", readings.Order().ElementAt((int)(readings.Length * 0.95)));
        await WriteAsync(output, "bars1000", Median(pages));
        await WriteAsync(output, "order", Median(orders));
        await WriteAsync(output, "allocated", allocated / 1024);
        await WriteAsync(output, "heap", GC.GetTotalMemory(forceFullCollection: true) / 1048576d);
        await WriteAsync(output, "memory", Environment.WorkingSet / 1048576d);
    }

    private static double Median(double[] values) => values.Order().ElementAt(values.Length / 2);

    private static Task WriteAsync(TextWriter output, string name, double value) =>
        output.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"{name}={value:R}"));

    private static async Task<double[]> TimesAsync(int count, Func<int, Task> call)
    {
        var times = new double[count];
        for (var i = 0; i < count; i++)
        {
            var started = TimeProvider.System.GetTimestamp();
            await call(i);
            times[i] = TimeProvider.System.GetElapsedTime(started).TotalMilliseconds;
        }

        return times;
    }

    private static BarRequest Bars(int count) => new() { Symbol = Symbol, Interval = Interval.OneHour, GapPolicy = GapPolicy.Reject, Count = count };

    // Buys and sells in turn, so that the position stays small.
    private static OrderRequest Order(int i) => new()
    {
        Symbol = Symbol,
        Side = i % 2 == 0 ? Side.Buy : Side.Sell,
        Type = OrderType.Market,
        ClientOrderId = string.Create(CultureInfo.InvariantCulture, $"{Environment.ProcessId}-{i}"),
        Quantity = 0.002m,
    };

    private static IConfigurationSection Settings(Uri address) => new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?>(StringComparer.Ordinal)
    {
        ["TradingBot:Symbol"] = "BTCUSDT",
        ["TradingBot:Interval"] = "1h",
        ["TradingBot:Binance:Environment"] = "Custom",
        ["TradingBot:Binance:RestAddress"] = address.ToString(),
        ["TradingBot:Binance:TradeDemoAccount"] = "true",
        ["TradingBot:Binance:ReceiveWindow"] = "00:01:00",
        ["TradingBot:Binance:ApiKey"] = Comparison.ApiKey,
        ["TradingBot:Binance:ApiSecret"] = Comparison.ApiSecret,
    }).Build().GetSection("TradingBot");
}
