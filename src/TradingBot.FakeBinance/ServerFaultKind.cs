namespace TradingBot.FakeBinance;

/// <summary>What goes wrong on demand.</summary>
public enum ServerFaultKind
{
    /// <summary>The request waits before it is carried out.</summary>
    DelayRequest = 1,

    /// <summary>The request is carried out, its answer waits.</summary>
    DelayAnswer = 2,

    /// <summary>The connection breaks before the request is carried out.</summary>
    LoseRequest = 3,

    /// <summary>The request is carried out and the connection breaks before the answer.</summary>
    LoseAnswer = 4,

    /// <summary>An error is answered and the request not carried out.</summary>
    RefuseRequest = 5,

    /// <summary>The request is carried out and an error is answered.</summary>
    ReplaceAnswer = 6,

    /// <summary>Klines end earlier than they should: the latest closed bars are not there yet.</summary>
    StaleBars = 7,

    /// <summary>An order is not found by a look-up although it exists.</summary>
    HideOrder = 8,

    /// <summary>A stream event is sent twice.</summary>
    DuplicateEvent = 9,

    /// <summary>A stream event is sent after the one that follows it.</summary>
    ReorderEvent = 10,

    /// <summary>A stream event is not sent.</summary>
    LoseEvent = 11,
}
