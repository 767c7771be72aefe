using System.CommandLine;
using TradingBot.FakeBinance;
using TradingBot.FakeLambda;
using TradingBot.Tests.Shared;
using TradingBot.Training.Models;

namespace TradingBot.Aws.Tests.Host;

/// <summary>What the README says about trying the function out.</summary>
[Collection(HostTests.Name)]
public sealed class LocalRunTests(PublishedHost host) : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("tradingbot-local-");

    public void Dispose() => _folder.Delete(recursive: true);

    [HostFact]
    public async Task Readme_ItsCommand_RunsACycleWithTheSettingsForThisMachine()
    {
        var readme = await File.ReadAllTextAsync(Repository.PathOf("README.md"));
        var command = readme.Split('\n').Single(line => line.Contains("--project src/TradingBot.FakeLambda -- ", StringComparison.Ordinal)).Split(" -- ")[1];
        command.Should().Be("artifacts/lambda/bootstrap --env-file samples/LambdaHost/local.env --event '{}'");
        readme.Should().Contain("dotnet publish samples/LambdaHost -c Release -o artifacts/lambda\n");

        // The files of the demo, and the address, are those of this test.
        var bars = HostRig.Bars(100, "SYNTHUSDT", Market.Interval.OneDay);
        var model = Path.Combine(_folder.FullName, "model.onnx");
        await AutoregressiveModel.Fit(bars, order: 1).SaveAsync(model);
        await using var exchange = await FakeBinanceServer.StartAsync(new FakeBinanceOptions { Bars = bars, Clock = ClockMode.Real });
        using var output = new StringWriter();
        var code = await FakeLambdaCommand.Create().Parse(
        [
            host.Bootstrap,
            "--env-file", Repository.PathOf("samples", "LambdaHost", "local.env"),
            "--event", "{}",
            "--env", $"TradingBot__ModelPath={model}",
            "--env", $"TradingBot__Memory__Folder={_folder.FullName}",
            "--env", $"TradingBot__Binance__RestAddress={exchange.RestAddress}",
        ]).InvokeAsync(new InvocationConfiguration { Output = TextWriter.Synchronized(output) });

        code.Should().Be(0, output.ToString());
        output.ToString().Should().Contain("\"event\":\"CycleEnded\"").And.Contain("\"outcome\":\"Ordered\"").And.MatchRegex("REPORT 0.* init [0-9.]+ ms  duration [0-9.]+ ms  peak memory [0-9.]+ MB");
        exchange.Exchange.Fills.Should().ContainSingle();
    }
}
