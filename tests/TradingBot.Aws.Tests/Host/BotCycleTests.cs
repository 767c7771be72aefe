using System.Globalization;
using System.Text.Json;
using TradingBot.FakeBinance;

namespace TradingBot.Aws.Tests.Host;

/// <summary>What the published program does with events.</summary>
[Collection(HostTests.Name)]
public sealed class BotCycleTests(PublishedHost host)
{
    [HostFact]
    public async Task Invoke_FirstEvent_DecidesAndTradesAndSaysWhat()
    {
        await using var rig = await HostRig.StartAsync(host);

        var outcome = await rig.CycleAsync();

        var fill = rig.Exchange.Exchange.Fills.Should().ContainSingle().Subject;
        outcome.GetProperty("bot").GetString().Should().Be("bot");
        outcome.GetProperty("symbol").GetString().Should().Be("BTCUSDT");
        outcome.GetProperty("outcome").GetString().Should().Be("Ordered");
        outcome.GetProperty("bar").GetDateTimeOffset().Should().Be(rig.Exchange.Bars.OpenTimeAt(19));
        outcome.GetProperty("decision").GetString().Should().Be("Short");
        outcome.GetProperty("reason").GetString().Should().Be("forecast below threshold");
        outcome.GetProperty("forecastReturn").GetDouble().Should().BeInRange(-0.012, -0.008);
        var order = outcome.GetProperty("orders").EnumerateArray().Should().ContainSingle().Subject;
        order.GetProperty("id").GetString().Should().Be(fill.ClientOrderId);
        order.GetProperty("side").GetString().Should().Be("Sell");
        order.GetProperty("status").GetString().Should().Be("Filled");
        order.GetProperty("filled").GetDecimal().Should().Be(fill.Quantity);
        order.GetProperty("averagePrice").GetDecimal().Should().Be(fill.Price);
    }

    [HostFact]
    public async Task Invoke_HundredBars_TradesEachOnceInLittleMemory()
    {
        await using var rig = await HostRig.StartAsync(host);
        var traded = 0;
        long memory = 0;
        for (var i = 0; i < 100; i++)
        {
            var reply = await rig.Function.InvokeAsync("{}");
            reply.Error.Should().BeNull();
            traded += JsonDocument.Parse(reply.Payload!).RootElement.GetProperty("bots")[0].GetProperty("orders").GetArrayLength();
            memory = Math.Max(memory, reply.PeakMemory!.Value);
            rig.Exchange.AdvanceBar();
        }

        traded.Should().BeGreaterThan(50).And.Be(rig.Exchange.Exchange.Fills.Count);
        rig.Exchange.Exchange.Fills.Select(fill => fill.ClientOrderId).Should().OnlyHaveUniqueItems();
        memory.Should().BeLessThan(100_000_000);
    }

    [HostFact]
    public async Task Invoke_SameBarAgain_TradesOnce()
    {
        await using var rig = await HostRig.StartAsync(host);

        await rig.CycleAsync(requestId: "one");
        await rig.CycleAsync(requestId: "one");
        await rig.Function.StopAsync();
        await rig.CycleAsync(requestId: "two");

        rig.Exchange.Exchange.Fills.Should().ContainSingle();
    }

    [HostFact]
    public async Task Invoke_SameBarAgainAfterAnExit_DoesNotEnterAgain()
    {
        await using var rig = await HostRig.StartAsync(host);
        await rig.CycleAsync();
        rig.Exchange.AdvanceBar();

        var exit = await rig.CycleAsync();
        var fills = rig.Exchange.Exchange.Fills.Count;
        await rig.CycleAsync();
        await rig.Function.StopAsync();
        await rig.CycleAsync();

        exit.GetProperty("decision").GetString().Should().Be("Close");
        rig.Exchange.Exchange.Fills.Should().HaveCount(fills);
    }

    [HostFact]
    public async Task Invoke_ExchangeHangs_EndsBeforeTheDeadlineAndIsRightAfterwards()
    {
        await using var rig = await HostRig.StartAsync(host, timeout: TimeSpan.FromSeconds(2));
        await rig.InvokeAsync();
        rig.Exchange.AdvanceBar();
        rig.Exchange.Inject(ServerFault.DelayRequest(TimeSpan.FromMinutes(1)) with { Method = "GET", Path = "/fapi/v1/klines" });

        var reply = await rig.Function.InvokeAsync("{}");
        var process = rig.Function.ProcessId;

        reply.Error!.Type.Should().Be("DeadlineReached");
        reply.Duration.Should().BeLessThan(TimeSpan.FromSeconds(2));
        (await rig.CycleAsync()).GetProperty("outcome").GetString().Should().Be("Ordered");
        rig.Function.ProcessId.Should().Be(process);
    }

    [HostFact]
    public async Task Invoke_KilledWhileAnOrderIsOnItsWay_TradesOnceAfterTheRestart()
    {
        await using var rig = await HostRig.StartAsync(host, timeout: TimeSpan.FromSeconds(2));
        rig.Exchange.Inject(ServerFault.DelayAnswer(TimeSpan.FromMinutes(1)) with { Method = "POST", Path = "/fapi/v1/order" });

        var killed = await rig.Function.InvokeAsync("{}", "one");
        rig.Exchange.Exchange.Fills.Should().ContainSingle("the order had arrived");
        rig.Function.ProcessId.Should().BeNull();
        var again = await rig.CycleAsync(requestId: "one");

        killed.Error!.Type.Should().Be("Sandbox.Timedout");
        rig.Exchange.Exchange.Fills.Should().ContainSingle();
        again.GetProperty("bar").GetDateTimeOffset().Should().Be(rig.Exchange.Bars.OpenTimeAt(19));
    }

    [HostFact]
    public async Task Invoke_ProcessDied_StartsAnother()
    {
        await using var rig = await HostRig.StartAsync(host);
        await rig.CycleAsync();
        var first = rig.Function.ProcessId!.Value;
        using (var process = System.Diagnostics.Process.GetProcessById(first))
        {
            process.Kill();
            await process.WaitForExitAsync();
        }

        rig.Exchange.AdvanceBar();
        (await rig.CycleAsync()).GetProperty("decision").GetString().Should().Be("Close");

        rig.Function.ProcessId.Should().NotBeNull().And.NotBe(first);
    }

    [HostFact]
    public async Task Stop_Idle_EndsWithZero()
    {
        await using var rig = await HostRig.StartAsync(host);
        await rig.CycleAsync();

        (await rig.Function.StopAsync()).Should().Be(0);
    }

    [HostFact]
    public async Task Invoke_NetworkFails_IsAnErrorThatIsRetriedAndLeavesNothingHalf()
    {
        await using var rig = await HostRig.StartAsync(host, environment => environment["TradingBot__Binance__ReadAttempts"] = "1");
        rig.Exchange.Inject(ServerFault.LoseRequest() with { Path = "/fapi/v1/klines" });

        var error = await rig.ErrorAsync();
        var again = await rig.CycleAsync();

        error.Type.Should().Be("ExchangeException");
        error.Category.Should().Be("Function.ExchangeException");
        again.GetProperty("outcome").GetString().Should().Be("Ordered");
        rig.Log.Should().Contain("\"event\":\"CycleFailed\"").And.Contain("\"requestId\":").And.Contain("\"traceId\":\"Root=");
    }

    [HostFact]
    public async Task Invoke_OrderRejected_IsAnOutcomeAndNoError()
    {
        await using var rig = await HostRig.StartAsync(host);
        rig.Exchange.Inject(ServerFault.Refuse(400, -2019, "Margin is insufficient.") with { Method = "POST", Path = "/fapi/v1/order" });

        var outcome = await rig.CycleAsync();

        outcome.GetProperty("outcome").GetString().Should().Be("Denied");
        outcome.GetProperty("orders")[0].GetProperty("status").GetString().Should().Be("Rejected");
        outcome.GetProperty("reason").GetString().Should().Contain("Margin is insufficient.");
    }

    [HostFact]
    public async Task Invoke_KeyRefused_IsAnOutcomeWithAnErrorInTheLog()
    {
        await using var rig = await HostRig.StartAsync(host, environment => environment["TradingBot__Binance__ApiSecret"] = "wrong-secret");

        var outcome = await rig.CycleAsync();

        outcome.GetProperty("outcome").GetString().Should().Be("Refused");
        outcome.GetProperty("reason").GetString().Should().Contain("-1022");
        rig.Log.Should().Contain("\"event\":\"Refused\"").And.NotContain("wrong-secret");
    }

    [HostFact]
    public async Task Invoke_TimeOfTheSchedule_IsWaitedFor()
    {
        await using var rig = await HostRig.StartAsync(host);
        await rig.CycleAsync();
        var soon = TimeProvider.System.GetUtcNow();

        var before = TimeProvider.System.GetTimestamp();
        var error = await rig.ErrorAsync(string.Create(CultureInfo.InvariantCulture, $$"""{"time":"{{soon:O}}","settleSeconds":0.5}"""));
        var waited = TimeProvider.System.GetElapsedTime(before);

        waited.Should().BeGreaterThan(TimeSpan.FromMilliseconds(400));
        error.Type.Should().Be("ExchangeException", "the bars of the fake exchange lie in the past");
        error.Message.Should().Contain("the exchange is late, or the event came too early");
    }

    [HostFact]
    public async Task Invoke_TimeFarAhead_IsRefused()
    {
        await using var rig = await HostRig.StartAsync(host);

        (await rig.ErrorAsync("""{"time":"2100-01-01T00:00:00Z"}""")).Message.Should().Contain("ahead of this machine's clock; expected at most 00:01:00");
    }

    [HostFact]
    public async Task Invoke_TimeOfTheBarThatClosed_DecidesThatBar()
    {
        await using var rig = await HostRig.StartAsync(host);
        var closed = rig.Exchange.Bars.OpenTimeAt(20);

        var outcome = await rig.CycleAsync(string.Create(CultureInfo.InvariantCulture, $$"""{"time":"{{closed:O}}","settleSeconds":3}"""));

        outcome.GetProperty("bar").GetDateTimeOffset().Should().Be(rig.Exchange.Bars.OpenTimeAt(19));
    }

    [HostFact]
    public async Task Invoke_Protect_PlacesAMissingStopAndDecidesNothing()
    {
        await using var rig = await HostRig.StartAsync(host);
        await rig.CycleAsync();
        rig.Exchange.Exchange.OpenOrdersOf(rig.Exchange.Bars.Symbol).Should().BeEmpty();
        await rig.DeployAsync(environment => environment["TradingBot__StopLoss"] = "0.05");

        var outcome = await rig.CycleAsync("""{"action":"Protect"}""");
        var again = await rig.CycleAsync("""{"action":"Protect","bots":["bot"]}""");

        var placed = rig.Exchange.Exchange.OpenOrdersOf(rig.Exchange.Bars.Symbol).Should().ContainSingle().Subject;
        outcome.GetProperty("outcome").GetString().Should().Be("Protected");
        outcome.GetProperty("orders").GetArrayLength().Should().Be(1);
        outcome.GetProperty("stop").GetProperty("id").GetString().Should().Be(placed.ClientOrderId);
        outcome.GetProperty("stop").GetProperty("type").GetString().Should().Be("StopMarket");
        again.GetProperty("orders").GetArrayLength().Should().Be(0);
        rig.Exchange.Exchange.Fills.Should().ContainSingle();
    }

    [HostFact]
    public async Task Invoke_LimitTripped_StaysTrippedAcrossARestartUntilItIsReset()
    {
        await using var rig = await HostRig.StartAsync(host, environment => environment["TradingBot__MaxDrawdown"] = "0.00001");
        await rig.CycleAsync();
        rig.Exchange.AdvanceBars(2);
        await rig.CycleAsync();
        var fills = rig.Exchange.Exchange.Fills.Count;
        await rig.Function.StopAsync();
        rig.Exchange.AdvanceBar();

        var tripped = await rig.CycleAsync();
        rig.Exchange.Exchange.Fills.Should().HaveCount(fills);
        rig.Exchange.AdvanceBar();
        var reset = await rig.CycleAsync("""{"action":"ResetLimits","bots":["bot"]}""");
        await rig.CycleAsync();

        tripped.GetProperty("outcome").GetString().Should().Be("Idle");
        reset.GetProperty("outcome").GetString().Should().Be("Reset");
        rig.Exchange.Exchange.Fills.Should().HaveCount(fills + 1);
    }

    [HostFact]
    public async Task Invoke_EventThatCannotBeRead_SaysWhatIsExpected()
    {
        await using var rig = await HostRig.StartAsync(host);

        foreach (var payload in new[] { "[]", "{\"bot\":\"bot\"}", "{\"action\":\"Sell\"}" })
        {
            var error = await rig.ErrorAsync(payload);
            error.Type.Should().Be("SettingsException");
            error.Message.Should().StartWith("The event cannot be read: expected an object such as");
        }

        (await rig.ErrorAsync("{\"bots\":[\"eth\"]}")).Message.Should().Be("There is no bot 'eth'; expected one of bot.");
        rig.Exchange.Exchange.Fills.Should().BeEmpty();
    }
}
