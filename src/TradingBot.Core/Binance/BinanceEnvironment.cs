namespace TradingBot.Binance;

/// <summary>Which of the exchange's systems is spoken to.</summary>
public enum BinanceEnvironment
{
    /// <summary>The real market. Its data needs no key; its orders move real money.</summary>
    Live = 0,

    /// <summary>The exchange's demo system, with its own keys, prices and play money.</summary>
    Testnet = 1,

    /// <summary>The addresses that the options name.</summary>
    Custom = 2,
}
