using TradingBot.FakeBinance.Protocol;

namespace TradingBot.FakeBinance.Control;

/// <summary>Reads a fault from a control request.</summary>
internal static class FaultForm
{
    internal static Fault Read(ApiRequest request)
    {
        var text = request.Required("kind");
        if (!Enum.TryParse<FaultKind>(text, ignoreCase: true, out var kind) || !Enum.IsDefined(kind))
        {
            throw new ApiError(-1130, $"'{text}' is no fault; expected one of {string.Join(", ", Enum.GetNames<FaultKind>())}.");
        }

        return Create(kind, request) with
        {
            Method = request.Text("method"),
            Path = request.Text("path"),
            Event = request.Text("event"),
            Skip = (int)(request.Whole("skip") ?? 0),
            Times = (int)(request.Whole("times") ?? 1),
        };
    }

    private static Fault Create(FaultKind kind, ApiRequest request) => kind switch
    {
        FaultKind.DelayRequest => Fault.DelayRequest(Delay(request)),
        FaultKind.DelayAnswer => Fault.DelayAnswer(Delay(request)),
        FaultKind.RefuseRequest when request.Text("text") is { } body => Fault.RefuseWithText(Status(request), body),
        FaultKind.RefuseRequest => Fault.Refuse(Status(request), Code(request), request.Text("msg") ?? "", (int?)request.Whole("retryAfter")),
        FaultKind.ReplaceAnswer when request.Text("text") is { } body => Fault.ReplaceAnswerWithText(Status(request), body),
        FaultKind.ReplaceAnswer => Fault.ReplaceAnswer(Status(request), Code(request), request.Text("msg") ?? ""),
        FaultKind.StaleBars => Fault.StaleBars((int)(request.Whole("bars") ?? 1)),
        _ => new Fault(kind),
    };

    private static TimeSpan Delay(ApiRequest request)
    {
        request.Required("delayMs");
        return TimeSpan.FromMilliseconds(request.Whole("delayMs")!.Value);
    }

    private static int Status(ApiRequest request)
    {
        request.Required("status");
        return (int)request.Whole("status")!.Value;
    }

    private static int Code(ApiRequest request)
    {
        request.Required("code");
        return (int)request.Whole("code")!.Value;
    }
}
