namespace TradingBot.FakeBinance.Protocol;

/// <summary>What an endpoint asks of the caller.</summary>
internal enum Security
{
    /// <summary>Nothing.</summary>
    Public = 1,

    /// <summary>The key.</summary>
    Key = 2,

    /// <summary>The key, the time and a signature.</summary>
    Signed = 3,
}
