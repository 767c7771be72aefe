using System.Globalization;
using Microsoft.Extensions.Logging;

namespace ConsoleHost.Live;

/// <summary>Keeps the latest log lines for the view, which a console logger would tear apart. Times are UTC.</summary>
internal sealed class LiveMessages(TimeProvider time) : ILoggerProvider, ILogger
{
    private const int Most = 12;
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

    /// <summary>Gets or sets who is told each line as it comes, by one thread at a time.</summary>
    public Action<string>? Listener { get; set; }

    public void Add(LogLevel level, string text)
    {
        lock (_sync)
        {
            var line = string.Create(CultureInfo.InvariantCulture, $"{time.GetUtcNow():HH:mm:ss} {text}");
            _lines.Enqueue((level, line));
            if (_lines.Count > Most)
            {
                _lines.Dequeue();
            }

            Listener?.Invoke(line);
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
