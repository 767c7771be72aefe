namespace TradingBot.Binance.Protocol;

internal sealed record ListenKeyAnswer
{
    public required string ListenKey { get; init; }

    // The generated text of a record would show the key.
    public override string ToString() => "ListenKeyAnswer (set)";
}
