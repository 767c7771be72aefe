using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using TradingBot.Binance;
using TradingBot.Market;
using TradingBot.Simulation;
using TradingBot.Trading;

namespace TradingBot.Core.Tests.Binance;

public sealed class UseBinanceTests
{
    [Fact]
    public void UseBinance_PaperMode_ReadsBinanceAndTradesASimulatedAccount()
    {
        using var provider = Build([]);

        provider.GetRequiredService<IStartupValidator>().Validate();
        provider.GetRequiredService<IFetcher>().Should().BeOfType<BinanceFetcher>();
        provider.GetRequiredService<IOrderer>().Should().BeOfType<PaperOrderer>();
        provider.GetRequiredService<BinanceClient>().ToString().Should().Be("BinanceClient (Live, fapi.binance.com)");
        provider.GetRequiredService<BinanceStreams>().Should().NotBeNull();
    }

    [Fact]
    public void UseBinance_AsInTheDocumentation_ReadsItsSection()
    {
        IConfiguration configuration = new ConfigurationBuilder()
            .AddInMemoryCollection([KeyValuePair.Create("TradingBot:Binance:ReadAttempts", (string?)"2")])
            .Build();
        var services = new ServiceCollection();
        // <use-binance>
        services.AddTradingBot(configuration.GetSection("TradingBot"), options => { options.Symbol = "BTCUSDT"; options.Interval = Interval.OneDay; })
            .UseBinance();
        // </use-binance>
        using var provider = services.BuildServiceProvider();
        provider.GetRequiredService<IOptions<BinanceOptions>>().Value.ReadAttempts.Should().Be(2);
    }

    [Fact]
    public void UseBinance_LiveMode_TradesTheAccount()
    {
        using var provider = Build(
            [("Binance:ApiKey", "key"), ("Binance:ApiSecret", "secret")],
            options => (options.Mode, options.AllowLiveTrading) = (TradingMode.Live, true));

        provider.GetRequiredService<IStartupValidator>().Validate();
        provider.GetRequiredService<IOrderer>().Should().BeOfType<BinanceOrderer>();
    }

    [Fact]
    public void UseBinance_DemoAccount_IsTradedInPaperMode()
    {
        using var provider = Build(
            [("Binance:Environment", "Testnet"), ("Binance:TradeDemoAccount", "true"), ("Binance:ApiKey", "key"), ("Binance:ApiSecret", "secret")]);

        provider.GetRequiredService<IStartupValidator>().Validate();
        provider.GetRequiredService<IOrderer>().Should().BeOfType<BinanceOrderer>();
        provider.GetRequiredService<BinanceClient>().ToString().Should().Contain("Testnet");
    }

    [Fact]
    public void UseBinance_TestnetAlone_TradesASimulatedAccount()
    {
        using var provider = Build([("Binance:Environment", "Testnet")]);

        provider.GetRequiredService<IOrderer>().Should().BeOfType<PaperOrderer>();
    }

    [Theory]
    [InlineData("Live", null)]
    [InlineData("Custom", "https://example.com")]
    public void UseBinance_DemoAccountOfARealSystem_IsRefused(string environment, string? address)
    {
        using var provider = Build(
            [("Binance:Environment", environment), ("Binance:RestAddress", address), ("Binance:TradeDemoAccount", "true"), ("Binance:ApiKey", "key"), ("Binance:ApiSecret", "secret")]);

        FaultsOf(provider).Should().Equal(
            $"TradeDemoAccount is set, but Environment is {environment}; expected Testnet, or Custom on this machine.");
    }

    [Fact]
    public void UseBinance_LiveModeWithoutAKey_IsRefusedAtStart()
    {
        using var provider = Build([], options => (options.Mode, options.AllowLiveTrading) = (TradingMode.Live, true));

        FaultsOf(provider).Should().Equal("Orders need an API key; set ApiKey and ApiSecret, or Credentials.");
    }

    [Fact]
    public void UseBinance_EverySetting_IsReadFromTheSection()
    {
        using var provider = Build([
            ("Binance:Environment", "custom"), ("Binance:RestAddress", "http://127.0.0.1:9292"), ("Binance:StreamAddress", "ws://127.0.0.1:9292"),
            ("Binance:TradeDemoAccount", "true"), ("Binance:ApiKey", "key"), ("Binance:ApiSecret", "secret"), ("Binance:ReceiveWindow", "00:00:06"), ("Binance:RequestTimeout", "00:00:07"),
            ("Binance:ReservedShare", "0.2"), ("Binance:MaxRateLimitWait", "00:01:00"), ("Binance:ReadAttempts", "3"), ("Binance:LookupAttempts", "2"),
            ("Binance:StreamSilence", "00:00:30"), ("Binance:JitterSeed", "11")]);

        var options = provider.GetRequiredService<IOptions<BinanceOptions>>().Value;

        options.Should().BeEquivalentTo(new
        {
            Environment = BinanceEnvironment.Custom,
            RestAddress = new Uri("http://127.0.0.1:9292"),
            StreamAddress = new Uri("ws://127.0.0.1:9292"),
            TradeDemoAccount = true,
            ReceiveWindow = TimeSpan.FromSeconds(6),
            RequestTimeout = TimeSpan.FromSeconds(7),
            ReservedShare = 0.2,
            MaxRateLimitWait = TimeSpan.FromMinutes(1),
            ReadAttempts = 3,
            LookupAttempts = 2,
            StreamSilence = TimeSpan.FromSeconds(30),
            JitterSeed = 11,
        });
        options.Credentials.Should().NotBeNull();
    }

    [Fact]
    public void UseBinance_EveryPublicSetting_HasANameInTheConfiguration()
    {
        var names = typeof(BinanceOptions).GetProperties().Where(p => p.Name != nameof(BinanceOptions.Credentials)).Select(p => ("Binance:" + p.Name, (string?)"x"));
        using var provider = Build([.. names]);

        FaultsOf(provider).Should().NotContain(fault => fault.Contains("is not a setting", StringComparison.Ordinal));
    }

    [Fact]
    public void UseBinance_ManyFaults_AreReportedTogetherAndWithoutTheSecret()
    {
        using var provider = Build(
            [("Binance:Enviroment", "Testnet"), ("Binance:ReceiveWindow", "5"), ("Binance:ReadAttempts", "0"), ("Binance:ApiSecret", "s3cr3t"), ("Leverage", "many")]);

        var thrown = provider.Invoking(p => p.GetRequiredService<IStartupValidator>().Validate()).Should().Throw<AggregateException>().Which;

        thrown.InnerExceptions.Cast<OptionsValidationException>().SelectMany(e => e.Failures).Should().BeEquivalentTo(
            "Leverage must be a whole number, found 'many'.",
            "ReceiveWindow must be a time such as 00:00:10, found '5'.",
            "ApiKey and ApiSecret belong together; found only the secret.",
            "'Enviroment' is not a setting; expected one of ApiKey, ApiSecret, Environment, JitterSeed, LookupAttempts, MaxRateLimitWait, ReadAttempts, ReceiveWindow, RequestTimeout, ReservedShare, RestAddress, StreamAddress, StreamSilence, TradeDemoAccount.",
            "ReadAttempts is 0; expected from 1 to 10.");
        thrown.ToString().Should().NotContain("s3cr3t");
    }

    [Fact]
    public void UseBinance_UnusableKey_IsNotRepeated()
    {
        using var provider = Build([("Binance:ApiKey", "my key"), ("Binance:ApiSecret", "my secret")]);

        FaultsOf(provider).Should().Equal("ApiKey and ApiSecret must be printable ASCII characters without blanks.");
    }

    [Fact]
    public void UseBinance_CodeAfterConfiguration_Wins()
    {
        using var provider = Build([("Binance:ReadAttempts", "3")], configureBinance: options => options.ReadAttempts = 5);

        provider.GetRequiredService<IOptions<BinanceOptions>>().Value.ReadAttempts.Should().Be(5);
    }

    private static IEnumerable<string> FaultsOf(ServiceProvider provider) =>
        provider.Invoking(p => p.GetRequiredService<IStartupValidator>().Validate()).Should().Throw<OptionsValidationException>().Which.Failures;

    private static ServiceProvider Build(
        (string Key, string? Value)[] settings, Action<TradingBotOptions>? configure = null, Action<BinanceOptions>? configureBinance = null)
    {
        var section = new ConfigurationBuilder().AddInMemoryCollection(settings.Select(setting => KeyValuePair.Create(setting.Key, setting.Value))).Build();
        var services = new ServiceCollection();
        services.AddTradingBot(section, options =>
        {
            (options.Symbol, options.Interval) = ("BTCUSDT", Interval.OneDay);
            configure?.Invoke(options);
        }).UseBinance(configureBinance);
        return services.BuildServiceProvider();
    }
}
