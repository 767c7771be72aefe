using System.CommandLine;
using TradingBot.Market;

namespace TradingBot.FakeBinance.Tests;

public sealed class FakeBinanceCommandTests
{
    [Fact]
    public async Task Invoke_FileOfBars_ServesUntilCanceled()
    {
        var path = Path.GetTempFileName();
        try
        {
            BarCsv.Write(path, Rig.Bars(20));
            using var stop = new CancellationTokenSource();
            using var output = new AnnouncedWriter();
            var running = FakeBinanceCommand.Create().Parse(["--bars", path, "--port", "0", "--closed-bars", "7"])
                .InvokeAsync(new InvocationConfiguration { Output = output }, stop.Token);
            var text = await output.Announced;
            text.Should().Contain("BTCUSDT 1h: 20 bars").And.Contain("7 of 20 bars closed");
            using var http = new HttpClient();
            var address = text.Split(' ').Single(word => word.StartsWith("http://", StringComparison.Ordinal));
            (await http.GetStringAsync(new Uri(new Uri(address), "/control/state"))).Should().Contain("\"closedBars\":7");
            await stop.CancelAsync();
            (await running).Should().Be(0);
        }
        finally
        {
            File.Delete(path);
        }
    }

    [Theory]
    [InlineData("BTCUSDT", "Could not find")]
    [InlineData("nothing", "'nothing' is not a linear perpetual")]
    public async Task Invoke_BadArguments_SaysWhyAndFails(string symbol, string message)
    {
        using var errors = new StringWriter();
        var code = await FakeBinanceCommand.Create().Parse(["--bars", "/no/such/file.csv", "--symbol", symbol]).InvokeAsync(new InvocationConfiguration { Error = errors });
        code.Should().Be(1);
        errors.ToString().Should().Contain(message).And.NotContain("   at ");
    }

    /// <summary>Takes the one message that tells the addresses.</summary>
    private sealed class AnnouncedWriter : StringWriter
    {
        private readonly TaskCompletionSource<string> _announced = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Task<string> Announced => _announced.Task;

        public override Task WriteLineAsync(string? value)
        {
            _announced.TrySetResult(value ?? "");
            return Task.CompletedTask;
        }
    }
}
