using System.Diagnostics.Metrics;
using TradingBot.Market;

namespace TradingBot.Trading;

/// <summary>The instruments of the trader, on the meter <see cref="MeterName"/>.</summary>
public sealed class TraderMetrics : IDisposable
{
    /// <summary>The name of the meter, for listeners.</summary>
    public const string MeterName = "TradingBot";

    private readonly Meter _meter;
    private readonly Histogram<double> _cycleDuration;
    private readonly Counter<long> _orders;
    private readonly Counter<long> _denials;
    private readonly Counter<long> _limits;
    private readonly Counter<long> _guards;
    private readonly Counter<long> _stops;
    private readonly Counter<long> _unprotected;
    private readonly Counter<long> _journalFailures;
    private readonly Counter<long> _notifierFailures;

    /// <summary>Initializes the instruments.</summary>
    /// <param name="meterFactory">Makes the meter where the application has metrics set up; <see langword="null"/> for a meter of its own.</param>
    public TraderMetrics(IMeterFactory? meterFactory = null)
    {
        _meter = meterFactory?.Create(new MeterOptions(MeterName)) ?? new Meter(MeterName);
        _cycleDuration = _meter.CreateHistogram<double>("tradingbot.cycle.duration", "s", "Time that a cycle took, by outcome.");
        _orders = _meter.CreateCounter<long>("tradingbot.orders", "{order}", "Orders sent, by side and status.");
        _denials = _meter.CreateCounter<long>("tradingbot.orders.denied", "{order}", "Decisions that were not made into orders.");
        _limits = _meter.CreateCounter<long>("tradingbot.limits.tripped", "{trip}", "Limits that stopped trading.");
        _guards = _meter.CreateCounter<long>("tradingbot.guards.tripped", "{trip}", "Entries that a guard kept from being made, by guard.");
        _stops = _meter.CreateCounter<long>("tradingbot.stops.placed", "{order}", "Protective stops placed.");
        _unprotected = _meter.CreateCounter<long>("tradingbot.positions.closed_unprotected", "{position}", "Positions closed because their stop could not be placed.");
        _journalFailures = _meter.CreateCounter<long>("tradingbot.journal.failures", "{entry}", "Entries that could not be added to the journal.");
        _notifierFailures = _meter.CreateCounter<long>("tradingbot.notifications.failed", "{notification}", "Notifications that a notifier did not take.");
    }

    /// <inheritdoc/>
    public void Dispose() => _meter.Dispose();

    internal void CycleEnded(Symbol symbol, CycleOutcome outcome, TimeSpan duration)
    {
        if (_cycleDuration.Enabled)
        {
            _cycleDuration.Record(duration.TotalSeconds, Tag("symbol", symbol.Id), Tag("outcome", outcome.ToString()));
        }
    }

    internal void CycleFailed(Symbol symbol, TimeSpan duration) =>
        _cycleDuration.Record(duration.TotalSeconds, Tag("symbol", symbol.Id), Tag("outcome", "Failed"));

    internal void OrderSent(Symbol symbol, OrderRequest order, OrderResult result)
    {
        if (_orders.Enabled)
        {
            _orders.Add(1, Tag("symbol", symbol.Id), Tag("side", order.Side.ToString()), Tag("status", result.Status.ToString()));
        }
    }

    internal void OrderDenied(Symbol symbol) => _denials.Add(1, Tag("symbol", symbol.Id));

    internal void LimitTripped(Symbol symbol, RiskLimit limit) => _limits.Add(1, Tag("symbol", symbol.Id), Tag("limit", limit.ToString()));

    internal void EntryBarred(Symbol symbol, Guard guard) => _guards.Add(1, Tag("symbol", symbol.Id), Tag("guard", guard.ToString()));

    internal void StopPlaced(Symbol symbol) => _stops.Add(1, Tag("symbol", symbol.Id));

    internal void ClosedUnprotected(Symbol symbol) => _unprotected.Add(1, Tag("symbol", symbol.Id));

    internal void JournalFailed(Symbol symbol) => _journalFailures.Add(1, Tag("symbol", symbol.Id));

    internal void NotifierFailed(Symbol symbol) => _notifierFailures.Add(1, Tag("symbol", symbol.Id));

    private static KeyValuePair<string, object?> Tag(string key, string value) => new(key, value);
}
