using TradingBot.Trading;

namespace TradingBot.Testing;

/// <summary>Something that goes wrong with one call to a fake exchange.</summary>
public abstract record Fault
{
    private Fault()
    {
    }

    /// <summary>Gets the fault that the exchange carries the call out, but the answer is lost.</summary>
    public static Fault AnswerLost { get; } = new LostAnswer();

    /// <summary>Gets the fault that the request is lost after it was sent: the exchange does nothing, and the caller cannot know.</summary>
    public static Fault RequestLost { get; } = new LostRequest();

    /// <summary>Gets the fault that the network fails before anything is sent.</summary>
    public static Fault NetworkDown { get; } = new Failure(ExchangeErrorKind.Transient, null);

    /// <summary>Gets the fault that an order is not visible yet: a look-up does not find it.</summary>
    public static Fault NotVisibleYet { get; } = new Invisible();

    /// <summary>Gets the fault that the exchange has forgotten an order's id, as exchanges do once an order is done: it is carried out whatever was sent
    /// under its id before. So would be the order of a second host that looked the id up a moment too early.</summary>
    public static Fault IdForgotten { get; } = new ForgottenId();

    /// <summary>Gets the fault that the answer is an old one: the account as the reading before found it.</summary>
    public static Fault OldAnswer { get; } = new Outdated();

    /// <summary>Makes the fault that an order's answer is lost, and that the order itself arrives late.</summary>
    /// <param name="calls">Before the how-manieth call after it, of whatever kind, it arrives; 1 or more.</param>
    public static Fault ArrivesLate(int calls)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(calls, 1);
        return new Late(calls);
    }

    /// <summary>Makes the fault that the market takes only a part of a market order, and the rest expires.</summary>
    /// <param name="share">The share of the quantity that fills, rounded down to the step; above 0 and below 1.</param>
    public static Fault FilledInPart(decimal share)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(share);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(share, 1);
        return new PartialFill(share);
    }

    /// <summary>Makes the fault that the exchange asks to wait.</summary>
    /// <param name="retryAfter">How long, or <see langword="null"/> if it does not say.</param>
    public static Fault RateLimited(TimeSpan? retryAfter = null) => new Failure(ExchangeErrorKind.RateLimited, retryAfter);

    /// <summary>Makes the fault that a call fails with a kind of error before anything happens.</summary>
    public static Fault Fails(ExchangeErrorKind kind) => new Failure(kind, null);

    /// <summary>Makes the fault that the exchange refuses an order; for other calls, that it refuses the call.</summary>
    public static Fault Rejected(RejectReason reason, string message) => new Refusal(reason, message);

    /// <summary>Makes the fault that the latest closed bars are missing from the answer.</summary>
    /// <param name="count">How many; 1 or more.</param>
    public static Fault BarsLate(int count = 1)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        return new LateBars(count);
    }

    /// <summary>Makes the fault that the request takes a time to arrive; the clock moves on by it.</summary>
    public static Fault Slow(TimeSpan time)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(time, TimeSpan.Zero);
        return new Delay(time);
    }

    internal sealed record LostAnswer : Fault;

    internal sealed record LostRequest : Fault;

    internal sealed record Invisible : Fault;

    internal sealed record ForgottenId : Fault;

    internal sealed record Outdated : Fault;

    internal sealed record Late(int Calls) : Fault;

    internal sealed record PartialFill(decimal Share) : Fault;

    internal sealed record Failure(ExchangeErrorKind Kind, TimeSpan? RetryAfter) : Fault;

    internal sealed record Refusal(RejectReason Reason, string Message) : Fault;

    internal sealed record LateBars(int Count) : Fault;

    internal sealed record Delay(TimeSpan Time) : Fault;
}
