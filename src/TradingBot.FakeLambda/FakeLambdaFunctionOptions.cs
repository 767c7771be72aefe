namespace TradingBot.FakeLambda;

/// <summary>A function: its program and how it is run.</summary>
public sealed class FakeLambdaFunctionOptions
{
    /// <summary>Gets the path of the program, at the service the file <c>bootstrap</c> of the package.</summary>
    public required string Bootstrap { get; init; }

    /// <summary>Gets the function's own environment variables.</summary>
    public IReadOnlyDictionary<string, string> Environment { get; init; } = new Dictionary<string, string>(StringComparer.Ordinal);

    /// <summary>Gets how long an invocation may take.</summary>
    /// <value>The default is 10 seconds. Above zero.</value>
    public TimeSpan Timeout { get; init => field = Positive(value, nameof(Timeout)); } = TimeSpan.FromSeconds(10);

    /// <summary>Gets how long a start may take.</summary>
    /// <value>The default is 10 seconds, as at the service. Above zero.</value>
    public TimeSpan InitTimeout { get; init => field = Positive(value, nameof(InitTimeout)); } = TimeSpan.FromSeconds(10);

    /// <summary>Gets the memory that the function is told to have, in megabytes. It is not enforced.</summary>
    /// <value>The default is 256.</value>
    public int MemorySize { get; init; } = 256;

    /// <summary>Gets what takes the lines that the program writes.</summary>
    /// <value>The default is <see langword="null"/>: they are dropped.</value>
    public Action<string>? Output { get; init; }

    private static TimeSpan Positive(TimeSpan value, string name) =>
        value > TimeSpan.Zero ? value : throw new ArgumentOutOfRangeException(name, value, "Expected a time above zero.");
}
