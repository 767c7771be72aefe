namespace TradingBot.CryptoExchange;

/// <summary>How a bot uses an exchange through a client of the CryptoExchange.Net family.</summary>
public sealed class SharedExchangeOptions
{
    /// <summary>Gets or sets a value indicating whether orders go to the account of a demo system although the bot's mode is <see cref="Trading.TradingMode.Paper"/>.</summary>
    /// <value>The default is <see langword="false"/>. Refused for a client whose environment is its exchange's live one.</value>
    public bool TradeDemoAccount { get; set; }

    /// <summary>Gets or sets a value indicating whether the owner has set the margin mode at the exchange by hand, and answers for it.</summary>
    /// <value>The default is <see langword="false"/>: a client that cannot set it is refused at start.</value>
    public bool IsMarginModeSetByOwner { get; set; }

    /// <summary>Gets or sets how often a reading is tried in all. Orders are never repeated.</summary>
    /// <value>The default is 4. From 1 to 10.</value>
    public int ReadAttempts { get; set; } = 4;

    /// <summary>Gets or sets how often an order is looked up, after its answer was lost or until its fill price shows; the waits between double
    /// from a quarter of a second.</summary>
    /// <value>The default is 5, over about 4 seconds. From 1 to 10.</value>
    public int LookupAttempts { get; set; } = 5;
}
