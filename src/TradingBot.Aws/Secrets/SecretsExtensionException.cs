namespace TradingBot.Aws.Secrets;

/// <summary>A secret or a parameter could not be had. The message holds its name, never its value.</summary>
public sealed class SecretsExtensionException : Exception
{
    /// <summary>Initializes the exception.</summary>
    /// <param name="message">What was asked for and what went wrong.</param>
    /// <param name="innerException">The cause, if any.</param>
    public SecretsExtensionException(string message, Exception? innerException = null)
        : base(message, innerException)
    {
    }

    /// <summary>Gets a value indicating whether the extension does not serve yet, as while the function is being initialized.</summary>
    public bool IsNotReady { get; init; }
}
