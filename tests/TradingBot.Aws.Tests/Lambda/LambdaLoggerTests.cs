using System.Text;
using Microsoft.Extensions.Logging;
using TradingBot.Aws.Lambda;
using TradingBot.Testing;

namespace TradingBot.Aws.Tests.Lambda;

public sealed partial class LambdaLoggerTests : IDisposable
{
    private readonly MemoryStream _output = new();

    public void Dispose() => _output.Dispose();

    [Fact]
    public void Log_Event_IsOneLineOfJson()
    {
        using var logging = Create(LogLevel.Information);
        Ended(logging.CreateLogger("Trader"), "BTCUSDT", 3, 0.1m, double.NaN, true, null, new DateTimeOffset(2026, 3, 2, 13, 0, 0, TimeSpan.FromHours(1)), DayOfWeek.Monday);

        Text().Should().Be(
            """
            {"timestamp":"2026-03-02T12:00:00.000Z","level":"WARN","message":"BTCUSDT \"ended\" 3 0.1 NaN True  03/02/2026 13:00:00 +01:00 Monday","category":"Trader","event":"Ended","symbol":"BTCUSDT","count":3,"amount":0.1,"ratio":"NaN","flag":true,"reason":null,"at":"2026-03-02T12:00:00Z","day":"Monday"}

            """.ReplaceLineEndings("\n"));
    }

    [Fact]
    public void Log_BelowTheLevel_WritesNothing()
    {
        using var logging = Create(LogLevel.Error);
        Ended(logging.CreateLogger("Trader"), "BTCUSDT", 3, 0.1m, 1, true, null, default, DayOfWeek.Monday);

        Text().Should().BeEmpty();
    }

    [Fact]
    public void Log_InScopes_CarriesTheirValues()
    {
        using var logging = Create(LogLevel.Information);
        var logger = logging.CreateLogger("Trader");
        using (logger.BeginScope(new Dictionary<string, object?>(StringComparer.Ordinal) { ["bot"] = "ignored: not a list" }))
        using (logger.BeginScope<IReadOnlyList<KeyValuePair<string, object?>>>([new("bot", "btc")]))
        {
            Failed(logger, new InvalidDataException("no bars"));
        }

        Text().Should().Contain("\"bot\":\"btc\"").And.Contain("\"errorType\":\"InvalidDataException\",\"errorMessage\":\"no bars\",\"stackTrace\":\"System.IO.InvalidDataException: no bars\"");
        Text().Should().NotContain("ignored");
    }

    [Theory]
    [InlineData("TRACE", LogLevel.Trace)]
    [InlineData("debug", LogLevel.Debug)]
    [InlineData("INFO", LogLevel.Information)]
    [InlineData("WARN", LogLevel.Warning)]
    [InlineData("ERROR", LogLevel.Error)]
    [InlineData("FATAL", LogLevel.Critical)]
    [InlineData(null, LogLevel.Information)]
    public void LevelOf_NameOfTheService_IsRead(string? name, LogLevel level) => LambdaLoggerProvider.LevelOf(name).Should().Be(level);

    private ILoggerFactory Create(LogLevel level) => LoggerFactory.Create(builder => builder
        .SetMinimumLevel(LogLevel.Trace)
        .AddProvider(new LambdaLoggerProvider(_output) { MinimumLevel = level, TimeProvider = new ManualTimeProvider(new DateTimeOffset(2026, 3, 2, 12, 0, 0, TimeSpan.Zero)) }));

    private string Text() => Encoding.UTF8.GetString(_output.ToArray());

    [LoggerMessage(EventId = 1, EventName = "Ended", Level = LogLevel.Warning, Message = "{Symbol} \"ended\" {Count} {Amount} {Ratio} {Flag} {Reason} {At} {Day}")]
    private static partial void Ended(ILogger logger, string symbol, int count, decimal amount, double ratio, bool flag, string? reason, DateTimeOffset at, DayOfWeek day);

    [LoggerMessage(EventId = 2, EventName = "Failed", Level = LogLevel.Error, Message = "failed")]
    private static partial void Failed(ILogger logger, Exception exception);
}
