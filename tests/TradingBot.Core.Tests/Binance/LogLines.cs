using Microsoft.Extensions.Logging;

namespace TradingBot.Core.Tests.Binance;

/// <summary>Keeps what was logged, with the exceptions.</summary>
internal sealed class LogLines : ILoggerFactory, ILogger
{
    private readonly Lock _sync = new();
    private readonly List<(EventId Event, string Text)> _lines = [];

    public IReadOnlyList<(EventId Event, string Text)> Lines
    {
        get
        {
            lock (_sync)
            {
                return [.. _lines];
            }
        }
    }

    public IEnumerable<string?> Events => Lines.Select(line => line.Event.Name);

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        lock (_sync)
        {
            _lines.Add((eventId, $"{formatter(state, exception)} {exception}"));
        }
    }

    public ILogger CreateLogger(string categoryName) => this;

    public void AddProvider(ILoggerProvider provider)
    {
    }

    public void Dispose()
    {
    }
}
