namespace TradingBot.Tests.Simulation.Worlds;

/// <summary>What can go wrong with a call.</summary>
internal enum TroubleKind
{
    None,

    /// <summary>The call fails at once, without an effect.</summary>
    Refused,

    /// <summary>The request is lost; the caller cannot know.</summary>
    RequestLost,

    /// <summary>The request is carried out, its answer is lost.</summary>
    AnswerLost,

    /// <summary>The request is a while on its way.</summary>
    SlowRequest,

    /// <summary>The answer is a while on its way, so that it is old when it arrives.</summary>
    SlowAnswer,

    /// <summary>The caller has given up, and only then the request is carried out.</summary>
    Late,

    /// <summary>The request is carried out twice.</summary>
    Twice,

    /// <summary>The answer tells of a moment before: a reading of the account from then, an order that is not found yet, bars without the latest.</summary>
    Stale,

    /// <summary>Of an order only a part fills.</summary>
    Partial,

    /// <summary>The host cancels its cycle; the request was not sent.</summary>
    CanceledBefore,

    /// <summary>The host cancels its cycle; the request is carried out.</summary>
    CanceledAfter,

    /// <summary>The process stands still when the answer arrives, and goes on later as if nothing had been.</summary>
    Freeze,

    /// <summary>The process dies before the request is sent.</summary>
    CrashBefore,

    /// <summary>The process dies when the request has been carried out.</summary>
    CrashAfter,

    /// <summary>A bar is missing among those that are answered.</summary>
    Gap,
}
