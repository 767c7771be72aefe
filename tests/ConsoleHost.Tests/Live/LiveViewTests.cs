using System.Globalization;
using ConsoleHost.Live;
using Microsoft.Extensions.Logging;
using Spectre.Console;
using TradingBot.Market;
using TradingBot.Prediction;
using TradingBot.Strategies;
using TradingBot.Testing;
using TradingBot.Trading;
using Symbol = TradingBot.Market.Symbol;

namespace ConsoleHost.Tests.Live;

public sealed class LiveViewTests : IDisposable
{
    private static readonly DateTimeOffset Now = new(2026, 3, 2, 12, 0, 0, TimeSpan.Zero);
    private readonly LiveMessages _messages = new(new ManualTimeProvider(Now));
    private readonly LiveState _state;

    public LiveViewTests() => _state = new LiveState(LiveAccount.Real, "BTCUSDT", Interval.FourHours, "BinanceClient (Live, fapi.binance.com)", _messages);

    public void Dispose() => _messages.Dispose();

    [Theory]
    [InlineData(80, 24)]
    [InlineData(120, 40)]
    [InlineData(60, 18)]
    public void Draw_ABusyRun_FitsTheTerminal_WithTheLatestOfEverything(int width, int height)
    {
        Fill();
        var lines = Draw(width, height);
        lines.Should().HaveCountLessThan(height, "the last line is the cursor's").And.OnlyContain(line => line.Length <= width);
        foreach (var start in (string[])["price       61202.1", "forecast    61500", "decision    Long", "position    0.128 from 61012.2  +24.37", "balance     9,995.52", "open        1: StopMarket Sell all at 58000", "next cycle  in 03:59:00, at 2026-03-02 16:00 UTC"])
        {
            lines.Should().Contain(line => line.Contains(start, StringComparison.Ordinal));
        }

        lines.Should().Contain(line => line.Contains("Market Buy 0.019", StringComparison.Ordinal));
        lines.Should().Contain(line => line.Contains("message 11", StringComparison.Ordinal));
    }

    [Fact]
    public void Draw_BeforeTheFirstCycle_ShowsThatNothingIsKnownYet()
    {
        var lines = Draw(80, 24);
        lines.Should().HaveCountLessThan(24);
        lines[0].Should().Contain("REAL ORDERS BTCUSDT 4h, BinanceClient (Live, fapi.binance.com)");
        lines.Should().Contain(line => line.Contains("next cycle  at once", StringComparison.Ordinal)).And.Contain(line => line.Contains("none yet", StringComparison.Ordinal));
    }

    [Fact]
    public void Draw_ALongMessage_IsShownOverSeveralLines_AndThenCut()
    {
        _messages.Add(LogLevel.Error, new string('x', 500));
        var lines = Draw(80, 24);
        lines.Count(line => line.Contains("xxxx", StringComparison.Ordinal)).Should().Be(3);
        lines.Should().Contain(line => line.Contains("xxx…", StringComparison.Ordinal));
    }

    [Fact]
    public void Draw_TextThatLooksLikeMarkup_IsShownAsItIs()
    {
        _messages.Add(LogLevel.Warning, "GET [red]/fapi[/]");
        Draw(80, 24).Should().Contain(line => line.Contains("GET [red]/fapi[/]", StringComparison.Ordinal));
    }

    [Fact]
    public void Line_ACycle_IsOneLineWithItsOrders()
    {
        Fill();
        LiveView.Line(_state).Should().Be(
            "bar 2026-03-02 08:00 Long Ordered (forecast above threshold), Market Buy 0.019 Filled at 61012.2, position 0.128, balance 9995.52");
    }

    private void Fill()
    {
        var account = new AccountSnapshot
        {
            Balance = 9_995.52m,
            AvailableBalance = 7_007.72m,
            Position = new Position(0.128m, 61_012.2m),
            OpenOrders = [Order(0) with { Request = Request(0) with { Type = OrderType.StopMarket, Side = Side.Sell, ClosePosition = true, TriggerPrice = 58_000m } }],
        };
        for (var i = 0; i < 20; i++)
        {
            _state.Add(new CycleResult
            {
                Outcome = CycleOutcome.Ordered,
                BarOpenTime = Now.AddHours(-4),
                Forecast = new Forecast(61_500, 61_202, 1),
                Decision = Decision.Long.Because("forecast above threshold"),
                Account = account,
                Orders = [Order(i)],
            });
            _messages.Add(i % 2 == 0 ? LogLevel.Information : LogLevel.Warning, $"message {i}, which is as long as messages of failed requests tend to be, with a path and a reason");
        }

        for (var i = 0; i < 12; i++)
        {
            _messages.Add(LogLevel.Information, $"message {i}, which is as long as messages of failed requests tend to be, with a path and a reason");
        }

        _state.Price = new MarketPrice(Now.AddMinutes(1), 61_202.1m, 61_202.6m);
    }

    private static OrderRequest Request(int number) => new()
    {
        Symbol = Symbol.Parse("BTCUSDT"),
        Side = Side.Buy,
        Type = OrderType.Market,
        ClientOrderId = $"order-{number}",
        Quantity = number / 1000m,
    };

    private static OrderResult Order(int number) => new()
    {
        Request = Request(number),
        Status = OrderStatus.Filled,
        FilledQuantity = number / 1000m,
        AveragePrice = 61_012.2m,
        UpdatedAt = Now,
    };

    private string[] Draw(int width, int height)
    {
        using var output = new StringWriter(CultureInfo.InvariantCulture);
        var console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Ansi = AnsiSupport.No,
            ColorSystem = ColorSystemSupport.NoColors,
            Interactive = InteractionSupport.No,
            Out = new AnsiConsoleOutput(output),
        });
        console.Profile.Width = width;
        console.Write(LiveView.Draw(_state, "stream", width, height));
        return output.ToString().TrimEnd().Split('\n');
    }
}
