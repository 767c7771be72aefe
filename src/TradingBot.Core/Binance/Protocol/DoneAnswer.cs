namespace TradingBot.Binance.Protocol;

/// <summary>The answer of the calls that only say "done"; the code is a number here and a text there.</summary>
internal sealed record DoneAnswer
{
    public int? Code { get; init; }
}
