namespace TradingBot.FakeLambda;

/// <summary>An error of the function, or the service's own record of what became of the process.</summary>
public sealed record FakeLambdaError
{
    /// <summary>Gets the kind, such as an exception's name, <c>Sandbox.Timedout</c> or <c>Runtime.ExitError</c>.</summary>
    public required string Type { get; init; }

    /// <summary>Gets what went wrong.</summary>
    public required string Message { get; init; }

    /// <summary>Gets what the function's runtime told the service of the kind, or <see langword="null"/>.</summary>
    public string? Category { get; init; }

    /// <summary>Gets where it went wrong, one line each.</summary>
    public IReadOnlyList<string> StackTrace { get; init; } = [];

    /// <summary>Returns kind and message.</summary>
    public override string ToString() => $"{Type}: {Message}";
}
