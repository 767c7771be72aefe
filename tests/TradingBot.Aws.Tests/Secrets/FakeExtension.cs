using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;

namespace TradingBot.Aws.Tests.Secrets;

/// <summary>The extension for parameters and secrets, as it answers on the loopback address.</summary>
internal sealed class FakeExtension : IAsyncDisposable
{
    public const string Token = "session-token";
    private readonly WebApplication _application;
    private int _questions;

    private FakeExtension()
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().UseUrls("http://127.0.0.1:0");
        _application = builder.Build();
        _application.Run(AnswerAsync);
    }

    /// <summary>Gets the answers by path and query.</summary>
    public Dictionary<string, (int Status, string Body)> Answers { get; } = new(StringComparer.Ordinal);

    /// <summary>Gets or sets how many questions are answered that it is not ready.</summary>
    public int NotReady { get; set; }

    public int Questions => _questions;

    public int Port => new Uri(_application.Urls.Single()).Port;

    public static async Task<FakeExtension> StartAsync()
    {
        var extension = new FakeExtension();
        await extension._application.StartAsync();
        return extension;
    }

    public ValueTask DisposeAsync() => _application.DisposeAsync();

    private Task AnswerAsync(HttpContext context)
    {
        var (status, body) =
            Interlocked.Increment(ref _questions) <= NotReady ? (400, "not ready to serve traffic, please wait")
            : context.Request.Headers["X-Aws-Parameters-Secrets-Token"] != Token ? (403, "an incorrect token was given")
            : Answers.TryGetValue(context.Request.Path + context.Request.QueryString.Value, out var answer) ? answer
            : (404, string.Create(CultureInfo.InvariantCulture, $"nothing at {context.Request.Path}{context.Request.QueryString}"));
        context.Response.StatusCode = status;
        return context.Response.WriteAsync(body);
    }
}
