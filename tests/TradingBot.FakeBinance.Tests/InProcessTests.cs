using TradingBot.Market;

namespace TradingBot.FakeBinance.Tests;

/// <summary>The example of the documentation.</summary>
public sealed class InProcessTests
{
    [Fact]
    public async Task Server_InProcess_IsDrivenByItsMethods()
    {
        var bars = Rig.Bars();
        // <in-process>
        await using var server = await FakeBinanceServer.StartAsync(new FakeBinanceOptions { Bars = bars, ClosedBars = 20 });

        server.Inject(ServerFault.LoseAnswer() with { Method = "POST", Path = "/fapi/v1/order" });
        // ... let a client of server.RestAddress and server.StreamAddress trade, with server.TimeProvider as its clock ...
        server.AdvanceBar();

        Position held = server.Exchange.PositionOf(bars.Symbol);
        // </in-process>
        held.IsFlat.Should().BeTrue();
        server.ClosedBars.Should().Be(21);
    }
}
