namespace TradingBot.Trading;

/// <summary>Whose a position is.</summary>
internal enum ExposureKind
{
    /// <summary>The bot's, or nobody's.</summary>
    Own = 1,

    /// <summary>The bot's, but an entry of it was carried out more than once.</summary>
    Doubled = 2,

    /// <summary>Not the bot's, or not all of it.</summary>
    Unknown = 3,
}
