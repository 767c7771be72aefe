namespace TradingBot.Binance.Protocol;

/// <summary>What a request must carry.</summary>
internal enum RequestSecurity
{
    None,
    Key,
    Signed,
}
