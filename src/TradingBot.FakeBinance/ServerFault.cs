namespace TradingBot.FakeBinance;

/// <summary>Something that goes wrong on demand: what, where and how often. Made by the methods of this class.</summary>
public sealed record ServerFault
{
    internal ServerFault(ServerFaultKind kind) => Kind = kind;

    /// <summary>Gets what goes wrong.</summary>
    public ServerFaultKind Kind { get; }

    /// <summary>Gets the HTTP method that is hit, or <see langword="null"/> for every one.</summary>
    public string? Method { get; init; }

    /// <summary>Gets the path that is hit, such as "/fapi/v1/order", or <see langword="null"/> for every one.</summary>
    public string? Path { get; init; }

    /// <summary>Gets the type of the stream event that is hit, such as "ORDER_TRADE_UPDATE" or "kline", or <see langword="null"/> for every one.</summary>
    public string? Event { get; init; }

    /// <summary>Gets how many matching requests or events pass unharmed first.</summary>
    /// <value>The default is 0.</value>
    public int Skip { get; init => field = NotNegative(value, nameof(Skip)); }

    /// <summary>Gets how many matching requests or events are hit.</summary>
    /// <value>The default is 1.</value>
    public int Times { get; init => field = NotNegative(value, nameof(Times)); } = 1;

    /// <summary>Gets how long a request or an answer waits.</summary>
    public TimeSpan Delay { get; private init; }

    /// <summary>Gets the HTTP status of the answer.</summary>
    public int Status { get; private init; }

    /// <summary>Gets the answer's body.</summary>
    public string Body { get; private init; } = "";

    /// <summary>Gets the <c>Retry-After</c> header of the answer in seconds, or <see langword="null"/> for none.</summary>
    public int? RetryAfter { get; private init; }

    /// <summary>Gets how many closed bars are missing.</summary>
    public int Bars { get; private init; }

    /// <summary>Lets a request wait before it is carried out.</summary>
    public static ServerFault DelayRequest(TimeSpan delay) => new(ServerFaultKind.DelayRequest) { Delay = Positive(delay) };

    /// <summary>Carries a request out and lets its answer wait.</summary>
    public static ServerFault DelayAnswer(TimeSpan delay) => new(ServerFaultKind.DelayAnswer) { Delay = Positive(delay) };

    /// <summary>Breaks the connection before a request is carried out.</summary>
    public static ServerFault LoseRequest() => new(ServerFaultKind.LoseRequest);

    /// <summary>Carries a request out and breaks the connection before the answer.</summary>
    public static ServerFault LoseAnswer() => new(ServerFaultKind.LoseAnswer);

    /// <summary>Answers an error of the exchange's form without carrying the request out.</summary>
    /// <param name="status">The HTTP status.</param>
    /// <param name="code">The exchange's code, such as -1008.</param>
    /// <param name="message">The exchange's message.</param>
    /// <param name="retryAfter">The seconds of a <c>Retry-After</c> header, if any.</param>
    public static ServerFault Refuse(int status, int code, string message, int? retryAfter = null) =>
        Answer(ServerFaultKind.RefuseRequest, status, Protocol.ApiError.Text(code, message)) with { RetryAfter = retryAfter };

    /// <summary>Answers a text that is not JSON without carrying the request out, as gateways do.</summary>
    /// <param name="status">The HTTP status.</param>
    /// <param name="body">The text.</param>
    public static ServerFault RefuseWithText(int status, string body) => Answer(ServerFaultKind.RefuseRequest, status, body);

    /// <summary>Carries a request out and answers an error of the exchange's form.</summary>
    /// <param name="status">The HTTP status.</param>
    /// <param name="code">The exchange's code, such as -1007.</param>
    /// <param name="message">The exchange's message.</param>
    public static ServerFault ReplaceAnswer(int status, int code, string message) =>
        Answer(ServerFaultKind.ReplaceAnswer, status, Protocol.ApiError.Text(code, message));

    /// <summary>Carries a request out and answers a text that is not JSON.</summary>
    /// <param name="status">The HTTP status.</param>
    /// <param name="body">The text.</param>
    public static ServerFault ReplaceAnswerWithText(int status, string body) => Answer(ServerFaultKind.ReplaceAnswer, status, body);

    /// <summary>Refuses with 429: too many requests.</summary>
    /// <param name="retryAfter">The seconds of the <c>Retry-After</c> header.</param>
    public static ServerFault TooManyRequests(int retryAfter) =>
        Refuse(429, -1003, "Too many requests; current limit is 2400 requests per minute. Please use the websocket for live updates to avoid polling the API.", retryAfter);

    /// <summary>Refuses with 418: the address is banned.</summary>
    /// <param name="retryAfter">The seconds of the <c>Retry-After</c> header.</param>
    public static ServerFault Banned(int retryAfter) =>
        Refuse(418, -1003, "Way too many requests; IP banned. Please use the websocket for live updates to avoid bans.", retryAfter);

    /// <summary>Answers 503 with unknown outcome.</summary>
    /// <param name="isExecuted">Whether the request is carried out all the same.</param>
    public static ServerFault OutcomeUnknown(bool isExecuted) => Answer(
        isExecuted ? ServerFaultKind.ReplaceAnswer : ServerFaultKind.RefuseRequest, 503, "Unknown error, please check your request or try again later.");

    /// <summary>Leaves the latest closed bars out of the klines, as when a close is published late.</summary>
    /// <param name="bars">How many; above 0.</param>
    public static ServerFault StaleBars(int bars)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(bars, 1);
        return new ServerFault(ServerFaultKind.StaleBars) { Bars = bars };
    }

    /// <summary>Answers that an order does not exist when it is looked up, as right after it was sent.</summary>
    public static ServerFault HideOrder() => new(ServerFaultKind.HideOrder);

    /// <summary>Sends a stream event twice.</summary>
    public static ServerFault DuplicateEvent() => new(ServerFaultKind.DuplicateEvent);

    /// <summary>Sends a stream event after the one that follows it on the connection.</summary>
    public static ServerFault ReorderEvent() => new(ServerFaultKind.ReorderEvent);

    /// <summary>Does not send a stream event.</summary>
    public static ServerFault LoseEvent() => new(ServerFaultKind.LoseEvent);

    private static ServerFault Answer(ServerFaultKind kind, int status, string body)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(status, 200);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(status, 599);
        ArgumentNullException.ThrowIfNull(body);
        return new ServerFault(kind) { Status = status, Body = body };
    }

    private static TimeSpan Positive(TimeSpan delay)
    {
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(delay, TimeSpan.Zero);
        return delay;
    }

    private static int NotNegative(int value, string name)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(value, name);
        return value;
    }
}
