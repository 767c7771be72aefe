using TradingBot.Market;

namespace TradingBot.FakeBinance.Protocol;

/// <summary>The exchange's words for the side of an order.</summary>
internal static class SideText
{
    internal static string Text(this Side side) => side == Side.Buy ? "BUY" : "SELL";

    internal static Side Read(string text) => text switch
    {
        "BUY" => Side.Buy,
        "SELL" => Side.Sell,
        _ => throw new ApiError(-1117, "Invalid side."),
    };
}
