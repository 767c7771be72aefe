using System.Runtime.InteropServices;
using TradingBot.FakeBinance.Protocol;

namespace TradingBot.FakeBinance.Endpoints;

/// <summary>The span of time, both ends inclusive, that a list of history is asked for.</summary>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct TimeSpanOf(long Start, long End)
{
    private static readonly long Longest = (long)TimeSpan.FromDays(7).TotalMilliseconds;

    internal static TimeSpanOf Read(ApiRequest request)
    {
        var (start, end) = (request.Whole("startTime"), request.Whole("endTime"));
        if (end < start)
        {
            throw new ApiError(-1128, "Combination of optional parameters invalid.");
        }

        if (end - start > Longest)
        {
            throw new ApiError(-4165, "Maximum time interval is 7 days");
        }

        return new TimeSpanOf(start ?? (end - Longest) ?? long.MinValue, end ?? (start + Longest) ?? long.MaxValue);
    }

    internal bool Holds(long time) => time >= Start && time <= End;
}
