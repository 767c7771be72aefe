using TradingBot.FakeBinance.Venue;

namespace TradingBot.FakeBinance.Protocol;

/// <summary>Checks the key, the time and the signature of a request.</summary>
internal sealed class Gatekeeper(FakeVenue venue)
{
    private const long UsualWindow = 5_000;
    private const long LongestWindow = 60_000;
    private const long FarthestAhead = 1_000;

    internal void Check(ApiRequest request, Security security)
    {
        if (security == Security.Public)
        {
            return;
        }

        if (string.IsNullOrEmpty(request.ApiKey))
        {
            throw new ApiError(-2014, "API-key format invalid.", 401);
        }

        if (request.ApiKey != venue.Options.ApiKey)
        {
            throw new ApiError(-2015, "Invalid API-key, IP, or permissions for action.", 401);
        }

        if (security == Security.Signed)
        {
            CheckTime(request);
            CheckSignature(request);
        }
    }

    private void CheckTime(ApiRequest request)
    {
        request.Required("timestamp");
        var (timestamp, now) = (request.Whole("timestamp")!.Value, venue.Clock.Shown);
        var window = request.Whole("recvWindow") ?? UsualWindow;
        if (window is < 1 or > LongestWindow)
        {
            throw ApiError.Malformed("recvWindow");
        }

        if (timestamp >= now + FarthestAhead)
        {
            throw new ApiError(-1021, "Timestamp for this request was 1000ms ahead of the server's time.");
        }

        if (now - timestamp > window)
        {
            throw new ApiError(-1021, "Timestamp for this request is outside of the recvWindow.");
        }
    }

    private void CheckSignature(ApiRequest request)
    {
        if (string.IsNullOrEmpty(request.Signature))
        {
            throw ApiError.Missing("signature");
        }

        if (!request.IsSignedWith(venue.Options.ApiSecret))
        {
            throw new ApiError(-1022, "Signature for this request is not valid.");
        }
    }
}
