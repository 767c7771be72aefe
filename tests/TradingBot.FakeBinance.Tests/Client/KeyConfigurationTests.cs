using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using TradingBot.Binance;
using TradingBot.Market;
using TradingBot.Trading;

namespace TradingBot.FakeBinance.Tests.Client;

/// <summary>A key comes from wherever the application's configuration has it, and signs the requests that reach the exchange.</summary>
public sealed class KeyConfigurationTests
{
    private const string Prefix = "KEY_CONFIGURATION_TESTS_";

    [Fact]
    public Task Key_OfAnyConfiguration_ReachesTheExchange() => IsAcceptedAsync(new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?>(StringComparer.Ordinal)
    {
        ["TradingBot:Binance:ApiKey"] = Rig.Key,
        ["TradingBot:Binance:ApiSecret"] = Rig.Secret,
    }));

    [Fact]
    public async Task Key_OfTheEnvironment_ReachesTheExchange()
    {
        // The prefix keeps other tests of this process from seeing them.
        var (key, secret) = (Prefix + "TradingBot__Binance__ApiKey", Prefix + "TradingBot__Binance__ApiSecret");
        Environment.SetEnvironmentVariable(key, Rig.Key);
        Environment.SetEnvironmentVariable(secret, Rig.Secret);
        try
        {
            await IsAcceptedAsync(new ConfigurationBuilder().AddEnvironmentVariables(Prefix));
        }
        finally
        {
            Environment.SetEnvironmentVariable(key, null);
            Environment.SetEnvironmentVariable(secret, null);
        }
    }

    [Fact]
    public async Task Key_OfAFileOfUserSecrets_ReachesTheExchange()
    {
        var file = Path.Combine(Directory.CreateTempSubdirectory("tradingbot-").FullName, "secrets.json");
        try
        {
            // As dotnet user-secrets writes it.
            await File.WriteAllTextAsync(file, $$"""{"TradingBot:Binance:ApiKey":"{{Rig.Key}}","TradingBot:Binance:ApiSecret":"{{Rig.Secret}}"}""");
            await IsAcceptedAsync(new ConfigurationBuilder().AddJsonFile(file, optional: false, reloadOnChange: false));
        }
        finally
        {
            Directory.Delete(Path.GetDirectoryName(file)!, recursive: true);
        }
    }

    [Fact]
    public async Task Key_ThatIsAnother_IsRefused()
    {
        var accept = () => IsAcceptedAsync(new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?>(StringComparer.Ordinal)
        {
            ["TradingBot:Binance:ApiKey"] = "other-key",
            ["TradingBot:Binance:ApiSecret"] = "other-secret",
        }));
        (await accept.Should().ThrowAsync<ExchangeException>()).Which.Kind.Should().Be(ExchangeErrorKind.Authentication);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Prepare_ASimulatedAccount_AsksNothingOfTheKey_WhileADemoAccountDoes(bool demoAccount)
    {
        await using var rig = await Rig.StartAsync();
        rig.Server.Inject(ServerFault.Refuse(404, -5000, "Path is invalid") with { Path = "/sapi/v1/account/apiRestrictions" });
        await using var provider = Connect(rig, new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?>(StringComparer.Ordinal)
        {
            ["TradingBot:Binance:ApiKey"] = Rig.Key,
            ["TradingBot:Binance:ApiSecret"] = Rig.Secret,
        }), demoAccount);

        await provider.GetRequiredService<IOrderer>().PrepareAsync(new AccountSetup(Symbol.Parse("BTCUSDT"), 5, MarginMode.Isolated));

        (await rig.GetAsync("/control/faults")).Json.GetArrayLength().Should().Be(demoAccount ? 0 : 1);
    }

    private static ServiceProvider Connect(Rig rig, IConfigurationBuilder configuration, bool demoAccount)
    {
        var services = new ServiceCollection();
        services.AddSingleton(rig.Server.TimeProvider);
        services.AddTradingBot(configuration.Build().GetSection("TradingBot"), bot => (bot.Symbol, bot.Interval) = ("BTCUSDT", Interval.OneHour))
            .UseBinance(options =>
            {
                (options.Environment, options.RestAddress, options.StreamAddress) = (BinanceEnvironment.Custom, rig.Server.RestAddress, rig.Server.StreamAddress);
                (options.TradeDemoAccount, options.ReadAttempts) = (demoAccount, 1);
            });
        return services.BuildServiceProvider();
    }

    private static async Task IsAcceptedAsync(IConfigurationBuilder configuration)
    {
        await using var rig = await Rig.StartAsync();
        await using var provider = Connect(rig, configuration, demoAccount: true);

        var account = await provider.GetRequiredService<IOrderer>().GetAccountAsync(Symbol.Parse("BTCUSDT"));

        account.Balance.Should().Be(10_000);
    }
}
