using TradingBot.FakeBinance.Protocol;

namespace TradingBot.FakeBinance.Control;

/// <summary>Reads a fault from a control request.</summary>
internal static class FaultForm
{
    internal static ServerFault Read(ApiRequest request)
    {
        var text = request.Required("kind");
        if (!Enum.TryParse<ServerFaultKind>(text, ignoreCase: true, out var kind) || !Enum.IsDefined(kind))
        {
            throw new ApiError(-1130, $"'{text}' is no fault; expected one of {string.Join(", ", Enum.GetNames<ServerFaultKind>())}.");
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

    private static ServerFault Create(ServerFaultKind kind, ApiRequest request) => kind switch
    {
        ServerFaultKind.DelayRequest => ServerFault.DelayRequest(Delay(request)),
        ServerFaultKind.DelayAnswer => ServerFault.DelayAnswer(Delay(request)),
        ServerFaultKind.RefuseRequest when request.Text("text") is { } body => ServerFault.RefuseWithText(Status(request), body),
        ServerFaultKind.RefuseRequest => ServerFault.Refuse(Status(request), Code(request), request.Text("msg") ?? "", (int?)request.Whole("retryAfter")),
        ServerFaultKind.ReplaceAnswer when request.Text("text") is { } body => ServerFault.ReplaceAnswerWithText(Status(request), body),
        ServerFaultKind.ReplaceAnswer => ServerFault.ReplaceAnswer(Status(request), Code(request), request.Text("msg") ?? ""),
        ServerFaultKind.StaleBars => ServerFault.StaleBars((int)(request.Whole("bars") ?? 1)),
        _ => new ServerFault(kind),
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
