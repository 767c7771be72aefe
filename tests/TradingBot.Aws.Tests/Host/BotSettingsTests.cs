using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json;
using TradingBot.Aws.Tests.Secrets;
using TradingBot.FakeBinance;
using TradingBot.Tests.Shared;

namespace TradingBot.Aws.Tests.Host;

/// <summary>How the published program is set by its environment.</summary>
[Collection(HostTests.Name)]
public sealed class BotSettingsTests(PublishedHost host, S3.S3Service s3) : IClassFixture<S3.S3Service>
{
    private static string Keys => JsonSerializer.Serialize(new { ApiKey = HostRig.Key, ApiSecret = HostRig.Secret });

    [HostFact]
    public async Task Start_FaultySettings_SaysAllOfThem()
    {
        await using var rig = await HostRig.StartAsync(host, environment =>
        {
            environment["TradingBot__Symbol"] = "";
            environment["TradingBot__Leverage"] = "200";
            environment["TradingBot__Intervall"] = "1h";
        });

        var error = await rig.ErrorAsync();

        error.Type.Should().Be("OptionsValidationException");
        error.Message.Should().Contain("Symbol").And.Contain("Leverage").And.Contain("'Intervall' is not a setting");
        rig.Log.Should().Contain("\"level\":\"FATAL\"");
    }

    [HostFact]
    public async Task Start_NoKeysForAnAccount_SaysSo()
    {
        await using var rig = await HostRig.StartAsync(host, environment => environment["TradingBot__Binance__ApiKey"] = environment["TradingBot__Binance__ApiSecret"] = "");

        (await rig.ErrorAsync()).Message.Should().Contain("Orders need an API key");
    }

    [HostFact]
    public async Task Start_UnknownGroup_SaysSo()
    {
        await using var rig = await HostRig.StartAsync(host, environment => environment["TradingBot__Modell__Bucket"] = "x");

        (await rig.ErrorAsync()).Message.Should().Be("'TradingBot__Modell' is not a group of settings; expected one of Bots, Binance, Journal, Keys, Memory, Model, Threshold.");
    }

    [HostFact]
    public async Task Start_NoModel_SaysWhatIsExpected()
    {
        await using var rig = await HostRig.StartAsync(host, environment => environment["TradingBot__ModelPath"] = "");

        (await rig.ErrorAsync()).Message.Should().Be("Expected either ModelPath or Model__Bucket, Model__Key and Model__Sha256, found neither.");
    }

    [HostFact]
    public async Task Start_AccountWithoutMemory_IsRefused()
    {
        await using var rig = await HostRig.StartAsync(host, environment => environment["TradingBot__Memory__Folder"] = "");

        (await rig.ErrorAsync()).Message.Should().StartWith("Expected Memory__Bucket (and Memory__Prefix), or Memory__Folder");
    }

    [HostFact]
    public async Task Start_ModelMissing_SaysWhere()
    {
        await using var rig = await HostRig.StartAsync(host, environment => environment["TradingBot__ModelPath"] = "/nowhere/model.onnx");

        var error = await rig.ErrorAsync();

        error.Type.Should().Be("ModelException");
        error.Message.Should().Contain("/nowhere/model.onnx");
    }

    [NpmFact]
    public async Task Start_ModelAndMemoryInS3_AreLoadedAndKept()
    {
        if (PublishedHost.SkipReason is not null)
        {
            return;
        }

        byte[] model = [];
        await using var rig = await HostRig.StartAsync(host, environment =>
        {
            model = File.ReadAllBytes(environment["TradingBot__ModelPath"]);
            environment["TradingBot__ModelPath"] = "";
            environment["TradingBot__Model__Bucket"] = S3.S3Service.Bucket;
            environment["TradingBot__Model__Key"] = "models/ar.onnx";
            environment["TradingBot__Model__Sha256"] = Convert.ToHexStringLower(SHA256.HashData(model));
            environment["TradingBot__Memory__Folder"] = "";
            environment["TradingBot__Memory__Bucket"] = S3.S3Service.Bucket;
            environment["TradingBot__MaxDrawdown"] = "0.5";
            environment["AWS_ENDPOINT_URL_S3"] = s3.Address.ToString();
            environment["AWS_ACCESS_KEY_ID"] = environment["AWS_SECRET_ACCESS_KEY"] = S3.S3Service.AccessKey;
            environment["AWS_SESSION_TOKEN"] = " ";
        });

        (await rig.ErrorAsync()).Message.Should().Contain("the bucket 'models' has no object 'models/ar.onnx'");
        await s3.PutAsync("models/ar.onnx", model);
        (await rig.CycleAsync()).GetProperty("outcome").GetString().Should().Be("Ordered");

        s3.Folder.EnumerateFiles("risk-tradingbot.json*", SearchOption.AllDirectories).Should().NotBeEmpty();
    }

    [HostFact]
    public async Task Invoke_KeysOfTheExtension_AreReadWithTheFirstEvent()
    {
        await using var extension = await FakeExtension.StartAsync();
        extension.NotReady = 2;
        extension.Answers["/secretsmanager/get?secretId=bot-keys"] = (200, JsonSerializer.Serialize(new { SecretString = Keys }));
        await using var rig = await HostRig.StartAsync(host, environment => UseExtension(environment, extension, "SecretId", "bot-keys"));

        var outcome = await rig.CycleAsync();
        await rig.CycleAsync();

        outcome.GetProperty("outcome").GetString().Should().Be("Ordered");
        extension.Questions.Should().Be(3);
        rig.Log.Should().NotContain(HostRig.Secret);
    }

    [HostFact]
    public async Task Invoke_KeysOfAParameter_AreRead()
    {
        await using var extension = await FakeExtension.StartAsync();
        extension.Answers["/systemsmanager/parameters/get?name=%2Fbot%2Fkeys&withDecryption=true"] =
            (200, JsonSerializer.Serialize(new { Parameter = new { Value = Keys } }));
        await using var rig = await HostRig.StartAsync(host, environment => UseExtension(environment, extension, "ParameterName", "/bot/keys"));

        (await rig.CycleAsync()).GetProperty("outcome").GetString().Should().Be("Ordered");
    }

    [HostFact]
    public async Task Invoke_SecretOfAnotherForm_IsAnErrorWithoutItsContent()
    {
        await using var extension = await FakeExtension.StartAsync();
        extension.Answers["/secretsmanager/get?secretId=bot-keys"] = (200, """{"SecretString":"{\"Key\":\"hidden-value\"}"}""");
        await using var rig = await HostRig.StartAsync(host, environment => UseExtension(environment, extension, "SecretId", "bot-keys"));

        var error = await rig.ErrorAsync();

        error.Message.Should().Be("""Expected {"ApiKey":"...","ApiSecret":"..."} in 'bot-keys', found something else.""");
        rig.Log.Should().NotContain("hidden-value");
    }

    [HostFact]
    public async Task Invoke_SeveralBots_RunsThoseThatTheEventNames()
    {
        await using var other = await FakeBinanceServer.StartAsync(new FakeBinanceOptions { Bars = HostRig.Bars(200, "ETHUSDT"), ClosedBars = 20, ApiKey = HostRig.Key, ApiSecret = HostRig.Secret });
        await using var rig = await HostRig.StartAsync(host, environment =>
        {
            environment["TradingBot__Symbol"] = "";
            environment["TradingBot__Bots__btc__Symbol"] = "BTCUSDT";
            environment["TradingBot__Bots__eth__Symbol"] = "ETHUSDT";
            environment["TradingBot__Bots__eth__AllowModelOfOtherSymbol"] = "true";
            environment["TradingBot__Bots__eth__Binance__RestAddress"] = other.RestAddress.ToString();
        });

        var one = await rig.CycleAsync("""{"bots":["ETH"]}""");
        other.Exchange.Fills.Should().ContainSingle();
        rig.Exchange.Exchange.Fills.Should().BeEmpty();
        var all = await rig.InvokeAsync();
        other.AdvanceBar();
        rig.Exchange.AdvanceBar();
        other.Inject(ServerFault.Refuse(503, -1001, "busy") with { Path = "/fapi/v1/klines", Times = 100 });
        var error = await rig.ErrorAsync("""{"bots":["btc","eth"]}""");

        one.GetProperty("bot").GetString().Should().Be("eth");
        all.GetProperty("bots").EnumerateArray().Select(bot => bot.GetProperty("bot").GetString()).Should().BeEquivalentTo("btc", "eth");
        rig.Exchange.Exchange.Fills.Select(fill => fill.ClientOrderId).Should().NotIntersectWith(other.Exchange.Fills.Select(fill => fill.ClientOrderId));
        error.Type.Should().Be("BotsFailedException");
        error.Message.Should().StartWith("1 of 2 bots failed: eth: ");
        rig.Exchange.Exchange.Fills.Should().HaveCount(2, "the other bot is done all the same");
    }

    private static void UseExtension(Dictionary<string, string> environment, FakeExtension extension, string setting, string name)
    {
        environment["TradingBot__Binance__ApiKey"] = environment["TradingBot__Binance__ApiSecret"] = "";
        environment[$"TradingBot__Keys__{setting}"] = name;
        environment["AWS_SESSION_TOKEN"] = FakeExtension.Token;
        environment["PARAMETERS_SECRETS_EXTENSION_HTTP_PORT"] = extension.Port.ToString(CultureInfo.InvariantCulture);
    }
}
