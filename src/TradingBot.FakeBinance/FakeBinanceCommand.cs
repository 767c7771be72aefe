using System.CommandLine;
using TradingBot.Market;
using Symbol = TradingBot.Market.Symbol;

namespace TradingBot.FakeBinance;

/// <summary>The command line.</summary>
internal static class FakeBinanceCommand
{
    private const int UsualPort = 9_292;

    internal static RootCommand Create()
    {
        var bars = new Option<FileInfo>("--bars") { Required = true, Description = "The file of bars (CSV; see the documentation of BarCsv for the layouts)." };
        var symbol = new Option<string>("--symbol") { DefaultValueFactory = _ => "BTCUSDT", Description = "The market of the bars." };
        var port = new Option<int>("--port") { DefaultValueFactory = _ => UsualPort, Description = "The port on the loopback address; 0 for any free one." };
        var clock = new Option<ClockMode>("--clock") { DefaultValueFactory = _ => ClockMode.Manual, Description = "What moves the bars: manual (POST /control/advance) or real." };
        var closed = new Option<int?>("--closed-bars") { Description = "How many bars are closed at the start." };
        var key = new Option<string?>("--api-key") { Description = "The API key (fake-key unless given)." };
        var secret = new Option<string?>("--api-secret") { Description = "The secret (fake-secret unless given)." };
        var command = new RootCommand("Serves Binance's USD-M futures protocol over a simulated exchange and bars from a file.") { bars, symbol, port, clock, closed, key, secret };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            try
            {
                await RunAsync(parsed, cancellationToken).ConfigureAwait(false);
                return 0;
            }
            catch (Exception e) when (e is IOException or BarDataException or FormatException or ArgumentException)
            {
                await parsed.InvocationConfiguration.Error.WriteLineAsync(e.Message).ConfigureAwait(false);
                return 1;
            }
        });
        return command;

        async Task RunAsync(ParseResult parsed, CancellationToken cancellationToken)
        {
            var series = BarCsv.Read(
                parsed.GetRequiredValue(bars).FullName,
                new BarCsvOptions { Symbol = Symbol.Parse(parsed.GetRequiredValue(symbol)), GapPolicy = GapPolicy.Fill });
            var usual = new FakeBinanceOptions { Bars = series };
            var server = await FakeBinanceServer.StartAsync(
                new FakeBinanceOptions
                {
                    Bars = series,
                    ClosedBars = parsed.GetValue(closed),
                    Clock = parsed.GetValue(clock),
                    Port = parsed.GetValue(port),
                    ApiKey = parsed.GetValue(key) ?? usual.ApiKey,
                    ApiSecret = parsed.GetValue(secret) ?? usual.ApiSecret,
                },
                cancellationToken).ConfigureAwait(false);
            await using var running = server.ConfigureAwait(false);
            await parsed.InvocationConfiguration.Output.WriteLineAsync(
                $"{series}\nREST {server.RestAddress} streams {server.StreamAddress} time {server.Time:u}, {server.ClosedBars} of {series.Count} bars closed").ConfigureAwait(false);
            await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }
}
