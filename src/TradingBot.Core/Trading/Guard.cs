namespace TradingBot.Trading;

/// <summary>A check that stands before every entry. One that trips keeps the bot from entering; exits and protective stops go on.</summary>
public enum Guard
{
    /// <summary>The kill switch is on: <see cref="TradingBotOptions.KillSwitch"/>, or the file <see cref="TradingBotOptions.KillSwitchFile"/> exists.</summary>
    KillSwitch = 1,

    /// <summary>A position that the bot did not open is held, and <see cref="TradingBotOptions.UnknownExposurePolicy"/> says to halt.</summary>
    UnknownExposure = 2,

    /// <summary>The outcome of an earlier order is still not known, or an entry of an earlier bar still waits.</summary>
    UnresolvedOrder = 3,

    /// <summary>The position that the entry is to follow is not closed.</summary>
    NotFlat = 4,

    /// <summary>The balance differs from what the bot left, by more than <see cref="TradingBotOptions.MaxBalanceChange"/>.</summary>
    BalanceChanged = 5,

    /// <summary>The model's card is of another interval or market.</summary>
    ModelMismatch = 6,

    /// <summary>The model's card says that it is an echo or without skill, and it would trade live.</summary>
    ModelVerdict = 7,

    /// <summary>The forecast is not a price above 0, or further from the last close than <see cref="TradingBotOptions.MaxForecastMove"/>.</summary>
    Forecast = 8,

    /// <summary>Bars are missing inside what the model and the strategy see, and <see cref="TradingBotOptions.GapPolicy"/> rejects gaps.</summary>
    GappedBars = 9,

    /// <summary>The newest closed bar is older than <see cref="TradingBotOptions.MaxBarAge"/>.</summary>
    StaleBars = 10,

    /// <summary>This machine's clock and the exchange's time differ by more than <see cref="TradingBotOptions.MaxClockOffset"/>, or the price is that old.</summary>
    ClockOffset = 11,

    /// <summary>The last price is further from the mark price or the last close than <see cref="TradingBotOptions.MaxPriceDeviation"/>.</summary>
    PriceDeviation = 12,

    /// <summary>Leverage, margin mode or position mode are not as configured, and the exchange refuses to change them.</summary>
    AccountSetup = 13,

    /// <summary>More than <see cref="TradingBotOptions.MaxDecisionAge"/> has passed since the account was read.</summary>
    LateDecision = 14,

    /// <summary>A journal is kept, and the decision could not be written to it.</summary>
    Journal = 15,
}
