namespace TradingBot.Binance.Protocol;

internal sealed record LeverageAnswer
{
    public required int Leverage { get; init; }
}
