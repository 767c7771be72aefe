namespace TradingBot.Trading;

/// <summary>Where orders go.</summary>
public enum TradingMode
{
    /// <summary>To a simulated account, at the exchange's live prices.</summary>
    Paper = 0,

    /// <summary>To a real account. <see cref="TradingBotOptions.AllowLiveTrading"/> must be set as well.</summary>
    Live = 1,
}
