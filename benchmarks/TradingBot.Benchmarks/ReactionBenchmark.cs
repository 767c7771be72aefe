using System.CommandLine;
using System.Globalization;
using System.Net.WebSockets;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Spectre.Console;
using TradingBot.Binance;
using TradingBot.FakeBinance;
using TradingBot.Market;
using TradingBot.Prediction;
using TradingBot.Testing;
using TradingBot.Trading;
using TradingBot.Training;
using TradingBot.Training.Data;
using TradingBot.Training.Networks;

namespace TradingBot.Benchmarks;

/// <summary>How long a bot takes from the event of a closed bar to the order that it causes, inference included, on the loopback address.</summary>
/// <remarks>From the return of the read that brings the event's bytes from the stream's socket to the return of the write that hands the last byte of the
/// order's request to its socket. In between lies all that a cycle does: bars, account and open orders are read from the server, the model forecasts, the
/// strategy decides, the order's id is looked up. The server is in the same process and shares its processors.</remarks>
internal static class ReactionBenchmark
{
    private const int FirstBars = 200;
    private const int WarmUp = 100;

    public static Command Create()
    {
        var samples = new Option<int>("--samples") { Description = "How many bars are reacted to, after those that warm up.", DefaultValueFactory = _ => 1_000 };
        var command = new Command("reaction", "Measures the time from a closed-bar event to the order leaving the process, against a fake Binance on this machine.") { samples };
        command.SetAction((arguments, cancellationToken) => RunAsync(arguments.GetValue(samples), cancellationToken));
        return command;
    }

    private static async Task RunAsync(int samples, CancellationToken cancellationToken)
    {
        var bars = SampleBars.RandomWalk(FirstBars + WarmUp + samples + 1, seed: 20261122, interval: Interval.OneMinute);
        var model = new NetworkRecipe(new ConvLstm(), new DatasetOptions { Window = 6 }, new TrainingOptions { Rounds = 1, Epochs = 1 }).Train(bars[..FirstBars], cancellationToken: cancellationToken);
        var watch = new ReactionWatch();
        using var predictor = new WatchedPredictor(model.CreatePredictor(), watch);
        await using var server = await FakeBinanceServer.StartAsync(new FakeBinanceOptions { Bars = bars, ClosedBars = FirstBars }, cancellationToken);
        await using var provider = Register(bars, predictor, server, watch);
        var trader = provider.GetRequiredService<Trader>();
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        await using var closed = provider.GetRequiredService<BinanceStreams>().ClosedBarsAsync(bars.Symbol, bars.Interval, ending.Token).GetAsyncEnumerator(ending.Token);
        var next = closed.MoveNextAsync().AsTask();
        await watch.Connected;
        var reactions = new List<Reaction>(samples);
        for (var i = 0; i < WarmUp + samples; i++)
        {
            watch.Reset();
            server.AdvanceBar();
            await next;
            var cycle = await trader.RunCycleAsync(cancellationToken);
            next = closed.MoveNextAsync().AsTask();
            if (cycle.Orders is not [{ Status: OrderStatus.Filled }])
            {
                throw new InvalidOperationException($"Expected one filled order a cycle, found {cycle.Outcome}: {cycle.Reason}.");
            }

            if (i >= WarmUp)
            {
                reactions.Add(watch.Take());
            }
        }

        // An enumerator must not be disposed while it is moving.
        await ending.CancelAsync();
        await ((Task)next).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        Print(AnsiConsole.Console, model.Card, reactions);
    }

    private static void Print(IAnsiConsole console, ModelCard card, List<Reaction> reactions)
    {
        console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{Environment.ProcessorCount} processors, load {MachineLoad.Now}; {reactions.Count} reactions of a bot with model {card.Name}, window {card.Window}, to bars of a minute"));
        var table = new Table().Border(TableBorder.Rounded).AddColumn("Microseconds");
        foreach (var title in (string[])["Median", "p90", "p99", "Most"])
        {
            table.AddColumn(new TableColumn(title).RightAligned());
        }

        AddRow(table, "From the event to the order", reactions, reaction => reaction.Total);
        AddRow(table, "  of which waiting for answers of the server", reactions, reaction => reaction.Waiting);
        AddRow(table, "  of which inference", reactions, reaction => reaction.Inference);
        AddRow(table, "  of which everything else", reactions, reaction => reaction.Total - reaction.Waiting - reaction.Inference);
        console.Write(table);
        console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"Before the order: {reactions.Max(reaction => reaction.Requests)} requests at most"));
    }

    private static void AddRow(Table table, string name, List<Reaction> reactions, Func<Reaction, TimeSpan> part)
    {
        double[] values = [.. reactions.Select(reaction => part(reaction).TotalMicroseconds)];
        table.AddRow([name, .. ((double[])[0.5, 0.9, 0.99, 1]).Select(share => Quantile(values, share).ToString("#,0", CultureInfo.InvariantCulture))]);
    }

    /// <summary>The smallest value that at least the share of all values does not exceed.</summary>
    private static double Quantile(double[] values, double share)
    {
        double[] sorted = [.. values.Order()];
        return sorted[Math.Max(0, (int)Math.Ceiling(share * sorted.Length) - 1)];
    }

    private static ServiceProvider Register(BarSeries bars, IPredictor predictor, FakeBinanceServer server, ReactionWatch watch)
    {
        var options = new BinanceOptions
        {
            Environment = BinanceEnvironment.Custom,
            RestAddress = server.RestAddress,
            StreamAddress = server.StreamAddress,
            Credentials = new BinanceCredentials("fake-key", "fake-secret"),
            TradeDemoAccount = true,
        };
        var http = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false, ConnectCallback = watch.ConnectRequestsAsync });
        var client = new BinanceClient(Options.Create(options), server.TimeProvider, NullLogger<BinanceClient>.Instance, http);
        var services = new ServiceCollection();
        services.AddSingleton(server.TimeProvider);
        services.AddSingleton(client);
        services.AddSingleton(new BinanceStreams(client, (address, cancellationToken) => OpenAsync(address, watch, cancellationToken)));
        services.AddTradingBot(bot => (bot.Symbol, bot.Interval, bot.PositionFraction) = (bars.Symbol.Id, bars.Interval, 0.1m))
            .UseStrategy(new TurningStrategy())
            .UsePredictor(predictor)
            .UseBinance(binance =>
            {
                (binance.Environment, binance.RestAddress, binance.StreamAddress) = (options.Environment, options.RestAddress, options.StreamAddress);
                (binance.Credentials, binance.TradeDemoAccount) = (options.Credentials, true);
            });
        return services.BuildServiceProvider();
    }

    private static async Task<WebSocket> OpenAsync(Uri address, ReactionWatch watch, CancellationToken cancellationToken)
    {
        var socket = new ClientWebSocket();
        using var invoker = new HttpMessageInvoker(new SocketsHttpHandler { ConnectCallback = watch.ConnectStreamAsync }, disposeHandler: false);
        await socket.ConnectAsync(address, invoker, cancellationToken);
        return socket;
    }
}
