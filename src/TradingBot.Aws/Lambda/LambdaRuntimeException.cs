namespace TradingBot.Aws.Lambda;

/// <summary>The Runtime API cannot be used: its address is missing, or it did not answer as documented. The process cannot go on.</summary>
public sealed class LambdaRuntimeException : Exception
{
    /// <summary>Initializes the exception.</summary>
    /// <param name="message">What was expected and what was found.</param>
    /// <param name="innerException">The cause, if any.</param>
    public LambdaRuntimeException(string message, Exception? innerException = null)
        : base(message, innerException)
    {
    }
}
