namespace TradingBot.Journal;

/// <summary>Keeps what a bot saw, decided and did, in order. Nothing written is ever changed.</summary>
public interface ITradeJournal
{
    /// <summary>Adds an entry at the end. When the call has returned, the entry outlives a crash of the process.</summary>
    /// <exception cref="IOException">The entry could not be written.</exception>
    Task AppendAsync(JournalEntry entry, CancellationToken cancellationToken = default);
}
