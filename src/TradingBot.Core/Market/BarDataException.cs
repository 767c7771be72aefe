namespace TradingBot.Market;

/// <summary>Bars that cannot be used: out of order, doubled, impossible, off the interval's grid, or with a gap that the policy rejects.</summary>
public sealed class BarDataException : Exception
{
    /// <summary>Initializes the exception.</summary>
    /// <param name="message">What was expected and what was found.</param>
    /// <param name="innerException">The cause, if any.</param>
    public BarDataException(string message, Exception? innerException = null)
        : base(message, innerException)
    {
    }

    /// <summary>Initializes the exception for a line of a file.</summary>
    /// <param name="source">The file's name.</param>
    /// <param name="line">The line, counted from 1.</param>
    /// <param name="message">What was expected and what was found.</param>
    /// <param name="innerException">The cause, if any.</param>
    public BarDataException(string source, int line, string message, Exception? innerException = null)
        : base($"{source}, line {line}: {message}", innerException) => Line = line;

    /// <summary>Gets the line at fault, counted from 1, where the bars came from a text.</summary>
    public int? Line { get; }
}
