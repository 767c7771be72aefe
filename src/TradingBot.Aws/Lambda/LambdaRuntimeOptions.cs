using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace TradingBot.Aws.Lambda;

/// <summary>The settings of the runtime loop.</summary>
public sealed class LambdaRuntimeOptions
{
    /// <summary>The environment variable in which the service tells the address of its Runtime API.</summary>
    public const string AddressVariable = "AWS_LAMBDA_RUNTIME_API";

    /// <summary>Gets or sets host and port of the Runtime API.</summary>
    /// <value>The default is what the service tells in the environment (<see cref="AddressVariable"/>).</value>
    public string? Address { get; set; } = Environment.GetEnvironmentVariable(AddressVariable);

    /// <summary>Gets or sets how long before the deadline the handler's token is canceled, so that there is time to report it.</summary>
    /// <value>The default is 500 milliseconds. From 0 to 1 minute.</value>
    public TimeSpan DeadlineMargin
    {
        get;
        set
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(value, TimeSpan.Zero);
            ArgumentOutOfRangeException.ThrowIfGreaterThan(value, TimeSpan.FromMinutes(1));
            field = value;
        }
    }

    = TimeSpan.FromMilliseconds(500);

    /// <summary>Gets or sets the clock that the deadline is read on.</summary>
    /// <value>The default is the system's.</value>
    public TimeProvider TimeProvider { get; set; } = TimeProvider.System;

    /// <summary>Gets or sets where events go; each invocation's lie in a scope with its request id and trace id.</summary>
    /// <value>The default is nowhere.</value>
    public ILogger Logger { get; set; } = NullLogger.Instance;
}
