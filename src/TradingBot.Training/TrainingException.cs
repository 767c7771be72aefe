namespace TradingBot.Training;

/// <summary>A model that cannot be trained: the training part is too small or does not determine it, or the training failed.</summary>
public sealed class TrainingException : Exception
{
    /// <summary>Initializes the exception.</summary>
    /// <param name="message">What was expected and what was found.</param>
    /// <param name="innerException">The cause, if any.</param>
    public TrainingException(string message, Exception? innerException = null)
        : base(message, innerException)
    {
    }
}
