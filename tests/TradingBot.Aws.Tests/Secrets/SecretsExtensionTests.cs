using TradingBot.Aws.Secrets;

namespace TradingBot.Aws.Tests.Secrets;

public sealed class SecretsExtensionTests : IAsyncLifetime
{
    private FakeExtension _extension = null!;

    public async Task InitializeAsync() => _extension = await FakeExtension.StartAsync();

    public async Task DisposeAsync() => await _extension.DisposeAsync();

    [Fact]
    public async Task GetSecretAsync_ASecret_IsItsText()
    {
        _extension.Answers["/secretsmanager/get?secretId=bot%2Fkeys%20%C3%A4"] = (200, """{"Name":"bot/keys ä","SecretString":"{\"ApiKey\":\"k\"}","VersionId":"1"}""");
        using var client = Client();

        (await client.GetSecretAsync("bot/keys ä")).Should().Be("""{"ApiKey":"k"}""");
    }

    [Fact]
    public async Task GetParameterAsync_AParameter_IsItsValueDecrypted()
    {
        _extension.Answers["/systemsmanager/parameters/get?name=%2Fbot%2Fkeys&withDecryption=true"] = (200, """{"Parameter":{"Name":"/bot/keys","Type":"SecureString","Value":"v"}}""");
        using var client = Client();

        (await client.GetParameterAsync("/bot/keys")).Should().Be("v");
    }

    [Fact]
    public async Task GetSecretAsync_NotReadyYet_IsWaitedFor()
    {
        _extension.NotReady = 2;
        _extension.Answers["/secretsmanager/get?secretId=keys"] = (200, """{"SecretString":"s"}""");
        using var client = Client();

        (await client.GetSecretAsync("keys")).Should().Be("s");
        _extension.Questions.Should().Be(3);
    }

    [Fact]
    public async Task GetSecretAsync_NeverReady_GivesUpAndSaysSo()
    {
        _extension.NotReady = int.MaxValue;
        using var client = Client(patience: TimeSpan.Zero);

        var error = (await client.Invoking(one => one.GetSecretAsync("keys")).Should().ThrowAsync<SecretsExtensionException>()).Which;

        error.IsNotReady.Should().BeTrue();
        error.Message.Should().Be("Cannot read the secret 'keys': the extension answered 400: not ready to serve traffic, please wait");
        _extension.Questions.Should().Be(1);
    }

    [Fact]
    public async Task GetSecretAsync_Refused_SaysWhy()
    {
        _extension.Answers["/secretsmanager/get?secretId=keys"] = (400, "AccessDeniedException: not authorized");
        using var client = Client();

        var error = (await client.Invoking(one => one.GetSecretAsync("keys")).Should().ThrowAsync<SecretsExtensionException>()).Which;

        error.IsNotReady.Should().BeFalse();
        error.Message.Should().Be("Cannot read the secret 'keys': the extension answered 400: AccessDeniedException: not authorized");
    }

    [Fact]
    public async Task GetSecretAsync_WrongToken_IsRefused()
    {
        using var client = Client(token: "another");

        (await client.Invoking(one => one.GetSecretAsync("keys")).Should().ThrowAsync<SecretsExtensionException>()).Which.Message.Should().Contain("403").And.NotContain("another");
    }

    [Fact]
    public async Task GetSecretAsync_NoExtension_NamesTheLayer()
    {
        using var client = new SecretsExtension(new SecretsExtensionOptions { Port = 1, Token = FakeExtension.Token });

        (await client.Invoking(one => one.GetSecretAsync("keys")).Should().ThrowAsync<SecretsExtensionException>())
            .Which.Message.Should().Contain("nothing answers at localhost:1").And.Contain("AWS-Parameters-and-Secrets-Lambda-Extension");
    }

    [Theory]
    [InlineData("""{"SecretBinary":"c2VjcmV0"}""")]
    [InlineData("""{"SecretString":7}""")]
    [InlineData("""hidden-value""")]
    [InlineData("""[1]""")]
    public async Task GetSecretAsync_AnotherForm_IsRefusedWithoutRepeatingIt(string body)
    {
        _extension.Answers["/secretsmanager/get?secretId=keys"] = (200, body);
        using var client = Client();

        var error = (await client.Invoking(one => one.GetSecretAsync("keys")).Should().ThrowAsync<SecretsExtensionException>()).Which;

        error.ToString().Should().Contain("Cannot read the secret 'keys'").And.NotContain("c2VjcmV0").And.NotContain("hidden-value");
        error.InnerException.Should().BeNull();
    }

    [Fact]
    public async Task GetSecretAsync_EmptyText_IsRefused()
    {
        _extension.Answers["/secretsmanager/get?secretId=keys"] = (200, """{"SecretString":null}""");
        using var client = Client();

        (await client.Invoking(one => one.GetSecretAsync("keys")).Should().ThrowAsync<SecretsExtensionException>()).Which.Message.Should().Be("Cannot read the secret 'keys': it has no text.");
    }

    [Fact]
    public void Options_AsText_HideTheToken() => new SecretsExtensionOptions { Port = 7, Token = "hidden" }.ToString().Should().Be("SecretsExtensionOptions (port 7)");

    private SecretsExtension Client(TimeSpan? patience = null, string token = FakeExtension.Token) => new(new SecretsExtensionOptions
    {
        Port = _extension.Port,
        Token = token,
        Patience = patience ?? TimeSpan.FromSeconds(5),
    });
}
