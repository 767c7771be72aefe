using System.CommandLine;
using System.Globalization;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Spectre.Console;
using TradingBot.Simulation;
using TradingBot.Testing;
using TradingBot.Trading;

namespace ConsoleHost.Commands;

/// <summary>Runs the live loop, cycle by cycle, on a paper account over replayed bars.</summary>
internal static class RunCommand
{
    public static Command Create()
    {
        var paper = new Option<bool>("--paper") { Description = "Trades on a simulated account. Required: this version has no other." };
        var bars = CommonOptions.Bars();
        var symbol = CommonOptions.Symbol();
        var interval = CommonOptions.Interval();
        var gaps = CommonOptions.Gaps();
        var model = new Option<FileInfo>("--model") { Description = "An ONNX model with a card.", Required = true };
        var threshold = CommonOptions.Threshold();
        var verbose = new Option<bool>("--verbose") { Description = "Logs every cycle." };
        var command = new Command("run", "Runs the live loop over replayed bars. Settings are read from appsettings.json and the environment too, in the section TradingBot.")
        {
            paper, bars, symbol, interval, gaps, model, threshold, verbose,
        };
        command.SetAction(async (arguments, cancellationToken) =>
        {
            if (!arguments.GetValue(paper))
            {
                throw new ArgumentException("Say --paper: this version trades on a simulated account only.");
            }

            var series = BarFiles.Read(
                arguments.GetValue(bars)!, arguments.GetValue(symbol)!, arguments.GetValue(interval), arguments.GetValue(gaps));
            var services = new ServiceCollection();
            services.AddLogging(logging => logging.AddSimpleConsole(console => console.SingleLine = true)
                .SetMinimumLevel(arguments.GetValue(verbose) ? LogLevel.Information : LogLevel.Warning));
            services.AddTradingBot(ReadConfiguration(), options =>
                {
                    (options.Symbol, options.Interval) = (series.Symbol.Id, series.Interval);
                    options.GapPolicy = arguments.GetValue(gaps);
                    options.Threshold.Threshold = arguments.GetValue(threshold);
                })
                .UseModel(arguments.GetValue(model)!.FullName)
                .UseFakeExchange(series, options: new SimulatedExchangeOptions
                {
                    Markets = [new MarketListing(SampleSymbols.For(series.Symbol)) { Funding = FundingSchedule.Fixed(0.0001m) }],
                });
            await using var provider = services.BuildServiceProvider();
            provider.GetRequiredService<IStartupValidator>().Validate();
            await ReplayAsync(AnsiConsole.Console, provider.GetRequiredService<Trader>(), provider.GetRequiredService<FakeExchange>(), cancellationToken);
            return 0;
        });
        return command;
    }

    private static IConfigurationSection ReadConfiguration() => new ConfigurationBuilder()
        .AddJsonFile(Path.GetFullPath("appsettings.json"), optional: true)
        .AddEnvironmentVariables()
        .Build()
        .GetSection("TradingBot");

    private static async Task ReplayAsync(IAnsiConsole console, Trader trader, FakeExchange exchange, CancellationToken cancellationToken)
    {
        var table = new Table().Border(TableBorder.Simple)
            .AddColumns("Bar", "Decision", "Reason", "Order", "Status", "Price", "Balance");
        var cycles = 0;
        do
        {
            var result = await trader.RunCycleAsync(cancellationToken);
            cycles++;
            foreach (var order in result.Orders)
            {
                table.AddRow(
                    result.BarOpenTime!.Value.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture),
                    result.Decision.Action.ToString(),
                    Markup.Escape(result.Decision.Reason ?? ""),
                    string.Create(CultureInfo.InvariantCulture, $"{order.Request.Side} {order.Request.Quantity}"),
                    order.Status.ToString(),
                    order.AveragePrice?.ToString(CultureInfo.InvariantCulture) ?? "-",
                    exchange.Balance.ToString("#,0.00", CultureInfo.InvariantCulture));
            }
        }
        while (!cancellationToken.IsCancellationRequested && exchange.AdvanceToNextBar());

        console.Write(table);
        console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{cycles} cycles, {exchange.Fills.Count} fills, balance {exchange.Balance:#,0.00}, equity {exchange.Equity:#,0.00}"));
    }
}
