using Binance.Net.Clients;
using CryptoExchange.Net.Objects;
using ExchangeChoice;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using TradingBot.Binance;
using TradingBot.FakeBinance;
using TradingBot.Market;
using TradingBot.Prediction;
using TradingBot.Simulation;
using TradingBot.Trading;

namespace TradingBot.CryptoExchange.Tests;

public sealed class RegistrationTests
{
    [Fact]
    public async Task UseExchange_ByName_SwitchesTheWholeBotWithoutAnotherSetting()
    {
        await using var server = await FakeBinanceServer.StartAsync(AdapterRig.Options(count: 60, closed: 40));
        var positions = new List<decimal>();
        foreach (var exchangeId in new[] { "binance", "Binance-Net" })
        {
            await using var provider = ExchangeBot.Create(Configuration(server, ("ExchangeId", exchangeId)));

            var result = await provider.GetRequiredService<Trader>().RunCycleAsync();

            result.Outcome.Should().Be(CycleOutcome.Idle);
            result.BarOpenTime.Should().Be(server.Bars.OpenTimeAt(server.ClosedBars - 1));
            var order = await provider.GetRequiredService<IOrderer>().SubmitAsync(AdapterRig.Market(Side.Buy, 0.01m, $"by-{exchangeId}"));
            order.Status.Should().Be(OrderStatus.Filled);
            positions.Add(server.Exchange.PositionOf(AdapterRig.Symbol).Quantity);
        }

        positions.Should().Equal(0.01m, 0.02m);
    }

    [Theory]
    [InlineData(null, "none")]
    [InlineData("", "none")]
    [InlineData("kraken", "'kraken'")]
    public void UseExchange_UnknownName_ListsThoseThereAre(string? exchangeId, string found)
    {
        var bot = new ServiceCollection().AddTradingBot();

        bot.Invoking(builder => builder.UseExchange(exchangeId, choices => choices.Add("bybit", _ => { }))).Should().Throw<ArgumentException>()
            .WithMessage($"Expected the name of an exchange, one of binance, binance-net, bybit; found {found}.*");
    }

    [Fact]
    public void UseExchange_AddedName_RunsItsRegistrationAndNoOther()
    {
        var ran = new List<string>();
        new ServiceCollection().AddTradingBot().UseExchange("Bybit", choices => choices.Add("bybit", _ => ran.Add("bybit")).Add("okx", _ => ran.Add("okx")));

        ran.Should().Equal("bybit");
    }

    [Fact]
    public async Task UseBinanceNet_PaperByDefault_TradesASimulatedAccountAtTheExchangesPrices()
    {
        await using var server = await FakeBinanceServer.StartAsync(AdapterRig.Options());
        await using var provider = Bot(server, "binance-net", ("Binance:TradeDemoAccount", "false")).BuildServiceProvider();

        var orderer = provider.GetRequiredService<IOrderer>();

        orderer.Should().BeOfType<PaperOrderer>();
        (await provider.GetRequiredService<IFetcher>().FetchPriceAsync(AdapterRig.Symbol)).Last.Should().Be(62_000);
        server.Exchange.Fills.Should().BeEmpty();
    }

    [Fact]
    public async Task UseBinanceNet_FaultsOfTheBinanceSettings_AreReportedAtStart()
    {
        await using var server = await FakeBinanceServer.StartAsync(AdapterRig.Options());
        await using var provider = Bot(server, "binance-net", ("Binance:ApiKey", "")).BuildServiceProvider();

        provider.GetRequiredService<IStartupValidator>().Invoking(validator => validator.Validate()).Should().Throw<Exception>()
            .WithMessage("*ApiKey and ApiSecret belong together; found only the secret*");
    }

    [Fact]
    public async Task UseBinanceNet_IntervalThatTheLibraryLacks_IsAFaultAtStart()
    {
        await using var server = await FakeBinanceServer.StartAsync(AdapterRig.Options());
        await using var provider = Bot(server, "binance-net", ("Interval", "3d")).BuildServiceProvider();

        provider.GetRequiredService<IStartupValidator>().Invoking(validator => validator.Validate()).Should().Throw<OptionsValidationException>()
            .WithMessage("The client of Binance cannot serve this bot. It has no bars of 3d;*");
        provider.Invoking(services => services.GetRequiredService<IFetcher>()).Should().Throw<OptionsValidationException>("a host that checks nothing meets it before the first bar");
    }

    [Fact]
    public async Task UseBinanceNet_ApplicationsOwnOptions_CannotTouchWhereOrdersGo()
    {
        await using var server = await FakeBinanceServer.StartAsync(AdapterRig.Options());
        var services = new ServiceCollection();
        services.AddTradingBot(Settings(server), options => options.Interval = Interval.OneDay).UseBinanceNet(options =>
        {
            options.Environment = global::Binance.Net.BinanceEnvironment.Live;
            options.ApiCredentials = null;
            options.AllowAppendingClientOrderId = true;
            options.UsdFuturesOptions.TradeRulesBehaviour = global::Binance.Net.Enums.TradeRulesBehaviour.AutoComply;
            options.RateLimitingBehaviour = RateLimitingBehaviour.Wait;
            options.CachingEnabled = true;
        });
        await using var provider = services.BuildServiceProvider();
        provider.GetRequiredService<IStartupValidator>().Validate();

        var order = await provider.GetRequiredService<IOrderer>().SubmitAsync(AdapterRig.Market(Side.Buy, 0.01m, "mine"));

        order.Status.Should().Be(OrderStatus.Filled);
        server.Exchange.Fills.Should().ContainSingle().Which.ClientOrderId.Should().Be("mine");
    }

    [Fact]
    public async Task UseExchange_ClientOfTheApplication_IsCheckedAtStart()
    {
        using var client = new BinanceRestClient(options => options.RateLimitingBehaviour = RateLimitingBehaviour.Fail);
        var services = new ServiceCollection();
        services.AddTradingBot(options => (options.Symbol, options.Interval, options.Mode, options.AllowLiveTrading, options.StopLoss) = ("BTCUSDT", Interval.OneDay, TradingMode.Live, true, 0.05m))
            .UseExchange(_ => client.UsdFuturesApi.SharedClient, options => options.ReadAttempts = 0);
        await using var provider = services.BuildServiceProvider();

        var e = provider.GetRequiredService<IStartupValidator>().Invoking(validator => validator.Validate()).Should().Throw<OptionsValidationException>().Which;

        e.Failures.Should().BeEquivalentTo(
            "ReadAttempts is 0; expected from 1 to 10.",
            "The client of Binance cannot serve this bot. Orders need an API key.",
            "The client of Binance cannot serve this bot. It cannot set the margin mode; set it at the exchange by hand and say so with SharedExchangeOptions.IsMarginModeSetByOwner.",
            "The client of Binance cannot serve this bot. StopLoss is set, but the client has no stop orders that their owner's id finds again, so no stop could rest at the exchange.");
    }

    [Fact]
    public async Task UseExchange_DemoAccountOfALiveClient_IsRefused()
    {
        using var client = new BinanceRestClient(options =>
        {
            options.RateLimitingBehaviour = RateLimitingBehaviour.Fail;
            options.ApiCredentials = new global::Binance.Net.BinanceCredentials("key", "secret");
        });
        var services = new ServiceCollection();
        services.AddTradingBot(options => (options.Symbol, options.Interval) = ("BTCUSDT", Interval.OneDay))
            .UseExchange(_ => client.UsdFuturesApi.SharedClient, options => (options.TradeDemoAccount, options.IsMarginModeSetByOwner) = (true, true));
        await using var provider = services.BuildServiceProvider();

        provider.Invoking(all => all.GetRequiredService<IOrderer>()).Should().Throw<OptionsValidationException>()
            .WithMessage("TradeDemoAccount is set, but the client of Binance speaks to the live exchange.");
    }

    [Fact]
    public async Task UseExchange_SharedInterfacesAlone_TradeButDenyStops()
    {
        await using var server = await FakeBinanceServer.StartAsync(AdapterRig.Options());
        var address = server.RestAddress.GetLeftPart(UriPartial.Authority);
        using var client = new BinanceRestClient(options =>
        {
            options.Environment = global::Binance.Net.BinanceEnvironment.CreateCustom("fake", address, address, address, null, address, null, null, null, null, null);
            options.ApiCredentials = new global::Binance.Net.BinanceCredentials(AdapterRig.Key, AdapterRig.Secret);
            options.RateLimitingBehaviour = RateLimitingBehaviour.Fail;
        });
        var services = new ServiceCollection();
        // <own-client>
        services.AddTradingBot(options => (options.Symbol, options.Interval) = ("BTCUSDT", Interval.OneDay))
            .UseExchange(
                _ => client.UsdFuturesApi.SharedClient,
                options => (options.TradeDemoAccount, options.IsMarginModeSetByOwner) = (true, true));
        // </own-client>
        await using var provider = services.BuildServiceProvider();
        var orderer = provider.GetRequiredService<IOrderer>();

        await orderer.PrepareAsync(new AccountSetup(AdapterRig.Symbol, 5, MarginMode.Cross));
        var entry = await orderer.SubmitAsync(AdapterRig.Market(Side.Buy, 0.01m, "a"));
        var stop = await orderer.SubmitAsync(AdapterRig.Stop(55_000, "b"));

        entry.Status.Should().Be(OrderStatus.Filled);
        (stop.Status, stop.RejectReason, stop.Message).Should().Be((
            OrderStatus.Denied, (RejectReason?)RejectReason.InvalidOrder, "At Binance no stop or take-profit order can rest that its owner's id finds again."));
        (await orderer.FindAsync(new OrderQuery(AdapterRig.Symbol, "b"))).Should().BeNull();
        server.Exchange.RiskOf(AdapterRig.Symbol).Leverage.Should().Be(5);
    }

    private static ServiceCollection Bot(FakeBinanceServer server, string exchangeId, params (string Key, string Value)[] changes)
    {
        var services = new ServiceCollection();
        services.AddTradingBot(Settings(server, changes)).UsePredictor(new PersistencePredictor(Interval.OneDay)).UseExchange(exchangeId);
        return services;
    }

    private static IConfigurationSection Settings(FakeBinanceServer server, params (string Key, string Value)[] changes) =>
        Configuration(server, Array.ConvertAll(changes, change => ("TradingBot:" + change.Key, change.Value))).GetSection("TradingBot");

    private static IConfigurationRoot Configuration(FakeBinanceServer server, params (string Key, string Value)[] changes)
    {
        var values = new Dictionary<string, string?>(StringComparer.OrdinalIgnoreCase)
        {
            ["TradingBot:Symbol"] = "BTCUSDT",
            ["TradingBot:Interval"] = "1d",
            ["TradingBot:Threshold:Threshold"] = "0.05",
            ["TradingBot:Binance:Environment"] = nameof(BinanceEnvironment.Custom),
            ["TradingBot:Binance:RestAddress"] = server.RestAddress.ToString(),
            ["TradingBot:Binance:StreamAddress"] = server.StreamAddress.ToString(),
            ["TradingBot:Binance:TradeDemoAccount"] = "true",
            ["TradingBot:Binance:ReceiveWindow"] = "00:01:00",
            ["TradingBot:Binance:ApiKey"] = AdapterRig.Key,
            ["TradingBot:Binance:ApiSecret"] = AdapterRig.Secret,
        };
        foreach (var (key, value) in changes)
        {
            values[key] = value;
        }

        return new ConfigurationBuilder().AddInMemoryCollection(values).Build();
    }
}
