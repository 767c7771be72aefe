namespace TradingBot.Trading;

/// <summary>What to do about an entry that ended with only a part of it filled. What an exit left open is always closed.</summary>
public enum PartialFillPolicy
{
    /// <summary>The smaller position is kept.</summary>
    Accept = 1,

    /// <summary>The rest is bought or sold with one further market order. What a limit entry left is not chased: it is kept as it is.</summary>
    Complete = 2,

    /// <summary>What was filled is closed again.</summary>
    Reduce = 3,
}
