using System.Globalization;
using TradingBot.Market;

namespace TradingBot.Trading;

/// <summary>The guards that take a reading of account or market, right before an entry.</summary>
internal sealed class EntryGate(IFetcher fetcher, IOrderer orderer, StopKeeper stops, Symbol symbol, TradingBotOptions options, TimeProvider time)
{
    // As long as exchanges take a request after it was signed; bars that are not much longer leave less.
    private static readonly TimeSpan LongestWay = TimeSpan.FromSeconds(5);
    private DateTimeOffset _exchangeTime;
    private long _measuredAt;

    /// <summary>Sets the account as configured.</summary>
    /// <returns>Why the exchange refuses, or <see langword="null"/>.</returns>
    /// <exception cref="ExchangeException">The exchange did not answer.</exception>
    public async Task<GuardFinding?> PrepareAsync(CycleRecord cycle, CancellationToken cancellationToken)
    {
        try
        {
            await orderer.PrepareAsync(new AccountSetup(symbol, options.Leverage, options.MarginMode), cancellationToken).ConfigureAwait(false);
            cycle.IsPrepared = true;
            return null;
        }
        catch (ExchangeException e) when (e.Kind == ExchangeErrorKind.Rejected)
        {
            return new GuardFinding(Guard.AccountSetup, $"the account is not set to leverage {options.Leverage} and {options.MarginMode} margin, one-way: {e.Message}");
        }
    }

    /// <summary>Checks account, time and price.</summary>
    /// <exception cref="ExchangeException">The exchange did not answer.</exception>
    public async Task<GuardFinding?> CheckAsync(CycleRecord cycle, CancellationToken cancellationToken)
    {
        if (stops.Refusal is { } refusal)
        {
            return new GuardFinding(Guard.Unprotectable, $"no stop can be placed: {refusal}");
        }

        if (!cycle.IsPrepared && await PrepareAsync(cycle, cancellationToken).ConfigureAwait(false) is { } refused)
        {
            return refused;
        }

        // The answer may have been long on its way: the exchange's clock goes on from the question.
        _measuredAt = time.GetTimestamp();
        var price = await fetcher.FetchPriceAsync(symbol, cancellationToken).ConfigureAwait(false);
        cycle.ClockOffset = price.Time - time.GetUtcNow();
        _exchangeTime = price.Time;
        return EntryGuards.Age(cycle.Bars!, price.Time, options)
            ?? EntryGuards.Clock(price.Time, time.GetUtcNow(), options)
            ?? EntryGuards.Price(price, cycle.Bars!.Closes[^1], options);
    }

    /// <summary>Checks, after everything else, that what was read is still young: the process may have been held up between any two lines, and another host may
    /// have traded since.</summary>
    public GuardFinding? CheckAge(CycleRecord cycle)
    {
        var age = time.GetElapsedTime(cycle.ReadAt);
        if (age > options.MaxDecisionAge)
        {
            return Late(age, options);
        }

        var now = _exchangeTime + time.GetElapsedTime(_measuredAt);
        var way = options.Interval!.Length / 10 < LongestWay ? options.Interval.Length / 10 : LongestWay;
        return EntryGuards.Age(cycle.Bars!, now, options)
            ?? (EntryGuards.Age(cycle.Bars!, now + way, options) is null ? null : new GuardFinding(
                Guard.StaleBars, string.Create(CultureInfo.InvariantCulture, $"an order may be on its way for {way:c}, and the bars are too old by then")));
    }

    /// <summary>Says that what was read is too old.</summary>
    public static GuardFinding Late(TimeSpan age, TradingBotOptions options) => new(
        Guard.LateDecision,
        string.Create(CultureInfo.InvariantCulture, $"the account was read {age:c} ago; an entry follows within {options.MaxDecisionAge:c} or not at all"));
}
