using Microsoft.Extensions.Logging;

namespace TradingBot.Aws.Lambda;

/// <summary>Writes log lines as JSON, one object a line, each before the call returns.</summary>
/// <remarks>A function is frozen between its invocations: a logger that writes in the background would keep lines back until the next one, or lose
/// them. The lines have the fields <c>timestamp</c>, <c>level</c>, <c>message</c>, <c>category</c> and <c>event</c>, the values of the message and of the scopes
/// by their names in camel case, and those of an exception.</remarks>
[ProviderAlias("Lambda")]
public sealed class LambdaLoggerProvider : ILoggerProvider, ISupportExternalScope
{
    private readonly Lock _writing = new();
    private readonly Stream _output;

    /// <summary>Initializes a provider that writes to the standard output, from which the service collects logs.</summary>
    public LambdaLoggerProvider()
        : this(Console.OpenStandardOutput())
    {
    }

    /// <summary>Initializes a provider that writes to a stream.</summary>
    /// <param name="output">Where the lines go, in UTF-8; it stays the caller's.</param>
    public LambdaLoggerProvider(Stream output)
    {
        ArgumentNullException.ThrowIfNull(output);
        _output = output;
    }

    /// <summary>Gets the least level that is written.</summary>
    /// <value>The default is what the function's logging settings say (the environment variable AWS_LAMBDA_LOG_LEVEL), or else <see cref="LogLevel.Information"/>.</value>
    public LogLevel MinimumLevel { get; init; } = LevelOf(Environment.GetEnvironmentVariable("AWS_LAMBDA_LOG_LEVEL"));

    /// <summary>Gets the clock of the time stamps.</summary>
    /// <value>The default is the system's.</value>
    public TimeProvider TimeProvider { get; init; } = TimeProvider.System;

    internal IExternalScopeProvider Scopes { get; private set; } = new LoggerExternalScopeProvider();

    /// <inheritdoc/>
    public ILogger CreateLogger(string categoryName) => new LambdaLogger(categoryName, this);

    /// <inheritdoc/>
    public void SetScopeProvider(IExternalScopeProvider scopeProvider) => Scopes = scopeProvider;

    /// <summary>Does nothing: every line is written already.</summary>
    public void Dispose()
    {
    }

    internal static LogLevel LevelOf(string? name) => name?.ToUpperInvariant() switch
    {
        "TRACE" => LogLevel.Trace,
        "DEBUG" => LogLevel.Debug,
        "WARN" => LogLevel.Warning,
        "ERROR" => LogLevel.Error,
        "FATAL" => LogLevel.Critical,
        _ => LogLevel.Information,
    };

    internal void Write(ReadOnlySpan<byte> line)
    {
        lock (_writing)
        {
            _output.Write(line);
            _output.Flush();
        }
    }
}
