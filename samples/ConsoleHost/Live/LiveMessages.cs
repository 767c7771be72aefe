using System.Globalization;
using Microsoft.Extensions.Logging;

namespace ConsoleHost.Live;

/// <summary>Keeps the latest log lines for the view, which a console logger would tear apart.</summary>
internal sealed class LiveMessages : ILoggerProvider, ILogger
{
    private const int Most = 6;
    private readonly Lock _sync = new();
    private readonly Queue<(LogLevel Level, string Text)> _lines = new();

    public IReadOnlyList<(LogLevel Level, string Text)> Lines
    {
        get
        {
            lock (_sync)
            {
                return [.. _lines];
            }
        }
    }

    public void Add(LogLevel level, string text)
    {
        lock (_sync)
        {
            _lines.Enqueue((level, string.Create(CultureInfo.InvariantCulture, $"{TimeProvider.System.GetUtcNow():HH:mm:ss} {text}")));
            if (_lines.Count > Most)
            {
                _lines.Dequeue();
            }
        }
    }

    public ILogger CreateLogger(string categoryName) => this;

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => logLevel != LogLevel.None;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
        Add(logLevel, exception is null ? formatter(state, exception) : $"{formatter(state, exception)} {exception.Message}");

    public void Dispose()
    {
    }
}
