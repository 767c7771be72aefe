using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using TradingBot.Aws.Lambda;

namespace TradingBot.Aws.Tests.Lambda;

/// <summary>Services that do not do what is documented.</summary>
public sealed class RuntimeApiTests
{
    [Fact]
    public async Task RunAsync_NextIsRefused_EndsWithAnError() =>
        (await ErrorOfAsync(context => Refuse(context, 500))).Should().Be("The Lambda Runtime API answered 500 (InternalServerError) to the next invocation; the process cannot go on.");

    [Fact]
    public async Task RunAsync_NoRequestId_EndsWithAnError() =>
        (await ErrorOfAsync(context => Give(context, null, "1"))).Should().Be("Expected the header Lambda-Runtime-Aws-Request-Id with an invocation, found none.");

    [Theory]
    [InlineData(null, "none")]
    [InlineData("soon", "'soon'")]
    public async Task RunAsync_NoDeadline_EndsWithAnError(string? deadline, string found) =>
        (await ErrorOfAsync(context => Give(context, "one", deadline))).Should().Be($"Expected the header Lambda-Runtime-Deadline-Ms with an invocation, found {found}.");

    [Fact]
    public async Task RunAsync_AnswerIsRefused_EndsWithAnError() =>
        (await ErrorOfAsync(context => context.Request.Method == "GET" ? Give(context, "one", "99999999999999") : Refuse(context, 403)))
            .Should().Be("The Lambda Runtime API answered 403 (Forbidden) to an answer; the process cannot go on.");

    [Fact]
    public async Task RunAsync_ErrorIsRefused_EndsWithAnError() =>
        (await ErrorOfAsync(context => context.Request.Method == "GET" ? Give(context, "one", "99999999999999") : Refuse(context, 403), isFailing: true))
            .Should().Be("The Lambda Runtime API answered 403 (Forbidden) to an error; the process cannot go on.");

    private static async Task<string> ErrorOfAsync(RequestDelegate service, bool isFailing = false)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().UseUrls("http://127.0.0.1:0");
        await using var application = builder.Build();
        application.Run(service);
        await application.StartAsync();

        var run = () => LambdaRuntime.RunAsync(
            (_, _) => isFailing ? throw new InvalidOperationException("failed") : Task.FromResult<ReadOnlyMemory<byte>>("{}"u8.ToArray()),
            new LambdaRuntimeOptions { Address = new Uri(application.Urls.Single()).Authority });
        return (await run.Should().ThrowAsync<LambdaRuntimeException>()).Which.Message;
    }

    private static Task Refuse(HttpContext context, int status)
    {
        context.Response.StatusCode = status;
        return Task.CompletedTask;
    }

    private static Task Give(HttpContext context, string? id, string? deadline)
    {
        if (id is not null)
        {
            context.Response.Headers["Lambda-Runtime-Aws-Request-Id"] = id;
        }

        if (deadline is not null)
        {
            context.Response.Headers["Lambda-Runtime-Deadline-Ms"] = deadline;
        }

        return context.Response.WriteAsync("{}");
    }
}
