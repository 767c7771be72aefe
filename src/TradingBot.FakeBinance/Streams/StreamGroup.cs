namespace TradingBot.FakeBinance.Streams;

/// <summary>The three kinds of streams, each behind its own path; a connection gets those of its path only.</summary>
internal enum StreamGroup
{
    /// <summary>Best prices and depth; also what a connection without a group in its path gets.</summary>
    Public = 1,

    /// <summary>Klines, mark prices and tickers.</summary>
    Market = 2,

    /// <summary>What happens in the account.</summary>
    Private = 3,
}
