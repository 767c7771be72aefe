using System.Net;
using Microsoft.Extensions.DependencyInjection;
using TradingBot.Market;

namespace TradingBot.Monitoring.Tests;

public sealed class WebhookNotifierTests
{
    private const string Secret = "a-secret-path";
    private static readonly Uri Address = new($"https://hooks.example/{Secret}");

    private static readonly Notification Entry = new()
    {
        Kind = NotificationKind.Entry,
        BotId = "bot-1",
        Symbol = Symbol.Parse("BTCUSDT"),
        Time = new DateTimeOffset(2026, 3, 1, 0, 0, 2, TimeSpan.Zero),
        Text = "BUY 0.5 \"now\" @everyone",
    };

    [Theory]
    [InlineData(WebhookFormat.Slack, """{"text":"2026-03-01 00:00:02Z bot-1 BTCUSDT Entry: BUY 0.5 \u0022now\u0022 @everyone"}""")]
    [InlineData(WebhookFormat.Discord, """{"content":"2026-03-01 00:00:02Z bot-1 BTCUSDT Entry: BUY 0.5 \u0022now\u0022 @everyone","allowed_mentions":{"parse":[]}}""")]
    [InlineData(WebhookFormat.Telegram, """{"chat_id":"@room","text":"2026-03-01 00:00:02Z bot-1 BTCUSDT Entry: BUY 0.5 \u0022now\u0022 @everyone"}""")]
    public async Task NotifyAsync_EachFormat_PostsItsShape(WebhookFormat format, string body)
    {
        using var service = new RecordingHandler(HttpStatusCode.OK);
        using var http = new HttpClient(service, disposeHandler: false);

        await new WebhookNotifier(http, new WebhookOptions { Address = Address, Format = format, ChatId = "@room" }).NotifyAsync(Entry);

        service.Posts.Should().Equal((Address, body));
    }

    [Fact]
    public async Task NotifyAsync_TextBeyondTheServicesLimit_IsCutThere()
    {
        using var service = new RecordingHandler(HttpStatusCode.OK);
        using var http = new HttpClient(service, disposeHandler: false);

        await new WebhookNotifier(http, new WebhookOptions { Address = Address }).NotifyAsync(Entry with { Text = new string('x', 5000) });

        var text = System.Text.Json.JsonDocument.Parse(service.Posts.Single().Body).RootElement.GetProperty("text").GetString()!;
        text.Should().HaveLength(2000).And.EndWith("x…");
    }

    [Fact]
    public async Task NotifyAsync_KindNotWanted_PostsNothing()
    {
        using var service = new RecordingHandler(HttpStatusCode.OK);
        using var http = new HttpClient(service, disposeHandler: false);
        var options = new WebhookOptions { Address = Address };
        options.Kinds.Remove(NotificationKind.Entry);

        await new WebhookNotifier(http, options).NotifyAsync(Entry);

        service.Posts.Should().BeEmpty();
    }

    [Fact]
    public async Task NotifyAsync_ServiceRefuses_SaysStatusButNotAddress()
    {
        using var service = new RecordingHandler(HttpStatusCode.NotFound);
        using var http = new HttpClient(service, disposeHandler: false);

        var notify = () => new WebhookNotifier(http, new WebhookOptions { Address = Address }).NotifyAsync(Entry);

        var error = (await notify.Should().ThrowAsync<HttpRequestException>().WithMessage("Slack refused a notification with status 404.")).Which;
        error.ToString().Should().NotContain(Secret);
    }

    [Theory]
    [InlineData(null, WebhookFormat.Slack, null, "Address must be an absolute address.*")]
    [InlineData("http://hooks.example/" + Secret, WebhookFormat.Slack, null, "Address must use https, or http on this machine, found http.*")]
    [InlineData("https://hooks.example/" + Secret, WebhookFormat.Telegram, " ", "ChatId must be set for Telegram.*")]
    [InlineData("https://hooks.example/" + Secret, (WebhookFormat)9, null, "Format must be one of Slack, Discord, Telegram, found 9.*")]
    public void Constructor_WrongSetting_SaysWhichButNotTheAddress(string? address, WebhookFormat format, string? chatId, string message)
    {
        using var http = new HttpClient();

        var create = () => new WebhookNotifier(
            http, new WebhookOptions { Address = address is null ? null : new Uri(address), Format = format, ChatId = chatId });

        create.Should().Throw<ArgumentException>().WithMessage(message).Which.ToString().Should().NotContain(Secret);
    }

    [Fact]
    public void NotifyWebhook_CalledTwice_RegistersTwoNotifiers()
    {
        var services = new ServiceCollection();
        services.AddTradingBot().NotifyWebhook(options => options.Address = Address).NotifyWebhook(options => options.Address = Address);

        using var provider = services.BuildServiceProvider();

        provider.GetServices<INotifier>().Should().HaveCount(2).And.AllBeOfType<WebhookNotifier>();
    }

    private sealed class RecordingHandler(HttpStatusCode answer) : HttpMessageHandler
    {
        public List<(Uri? Address, string Body)> Posts { get; } = [];

        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            Posts.Add((request.RequestUri, await request.Content!.ReadAsStringAsync(cancellationToken)));
            return new HttpResponseMessage(answer);
        }
    }
}
