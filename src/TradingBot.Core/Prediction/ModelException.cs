namespace TradingBot.Prediction;

/// <summary>A model that cannot be used: missing, corrupt, without a description, or not fitting its description or the bot.</summary>
public sealed class ModelException : Exception
{
    /// <summary>Initializes the exception.</summary>
    /// <param name="message">What was expected and what was found.</param>
    /// <param name="innerException">The cause, if any.</param>
    public ModelException(string message, Exception? innerException = null)
        : base(message, innerException)
    {
    }
}
