namespace TradingBot.Trading;

/// <summary>The kind of an order.</summary>
public enum OrderType
{
    /// <summary>Fills at once at the market's price.</summary>
    Market = 1,

    /// <summary>Fills at its price or better.</summary>
    Limit = 2,

    /// <summary>Becomes a market order when the price moves against its owner to the trigger: a sell when it falls there, a buy when it rises there.</summary>
    StopMarket = 3,

    /// <summary>Becomes a market order when the price moves in favour of its owner to the trigger: a sell when it rises there, a buy when it falls there.</summary>
    TakeProfitMarket = 4,
}
