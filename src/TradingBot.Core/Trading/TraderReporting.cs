using TradingBot.Journal;
using TradingBot.Monitoring;

namespace TradingBot.Trading;

/// <summary>Who is told of what a trader does, besides log and metrics.</summary>
public sealed class TraderReporting
{
    /// <summary>Gets where nobody is told.</summary>
    public static TraderReporting None { get; } = new();

    /// <summary>Gets the journal, or <see langword="null"/> for none.</summary>
    public ITradeJournal? Journal { get; init; }

    /// <summary>Gets those who are told of entries, exits, limits and errors.</summary>
    public IReadOnlyList<INotifier> Notifiers { get; init; } = [];

    /// <summary>Gets what health checks read, or <see langword="null"/> for none.</summary>
    public TraderHealthMonitor? Health { get; init; }
}
