using TradingBot.Market;
using TradingBot.Strategies;

namespace TradingBot.Trading;

/// <summary>The settings of a bot. Every fault is reported at start, all of them together.</summary>
public sealed class TradingBotOptions
{
    /// <summary>Gets or sets the bot's name, from which the ids of its orders follow. Two bots on one account need two names.</summary>
    /// <value>The default is "tradingbot". 1 to 64 characters.</value>
    public string BotId { get; set; } = "tradingbot";

    /// <summary>Gets or sets the market, as <c>BTCUSDT</c> or <c>BTC/USDT:USDT</c>.</summary>
    /// <value>There is no default.</value>
    public string? Symbol { get; set; }

    /// <summary>Gets or sets the length of the bars, "1m" to "1w" in configuration.</summary>
    /// <value>There is no default.</value>
    public Interval? Interval { get; set; }

    /// <summary>Gets or sets what to do about bars that the exchange does not have. Under <see cref="GapPolicy.Reject"/> nothing is entered, and no
    /// forecast is made, while one is missing among the bars that model and strategy see.</summary>
    /// <value>The default is <see cref="GapPolicy.Reject"/>.</value>
    public GapPolicy GapPolicy { get; set; } = GapPolicy.Reject;

    /// <summary>Gets or sets where orders go.</summary>
    /// <value>The default is <see cref="TradingMode.Paper"/>.</value>
    public TradingMode Mode { get; set; } = TradingMode.Paper;

    /// <summary>Gets or sets the second switch that <see cref="TradingMode.Live"/> needs.</summary>
    /// <value>The default is <see langword="false"/>.</value>
    public bool AllowLiveTrading { get; set; }

    /// <summary>Gets or sets the share of the equity that stands behind one position as margin.</summary>
    /// <value>The default is 0.1. Above 0 and at most 1.</value>
    public decimal PositionFraction { get; set; } = 0.1m;

    /// <summary>Gets or sets the notional per margin, set on the exchange before the first order.</summary>
    /// <value>The default is 1. From 1 to 125.</value>
    public int Leverage { get; set; } = 1;

    /// <summary>Gets or sets what stands behind a position, set on the exchange before the first order.</summary>
    /// <value>The default is <see cref="MarginMode.Isolated"/>.</value>
    public MarginMode MarginMode { get; set; } = MarginMode.Isolated;

    /// <summary>Gets or sets the largest notional of an entry, in the quote asset.</summary>
    /// <value>The default is <see langword="null"/>, no such limit. Above 0.</value>
    public decimal? MaxNotional { get; set; }

    /// <summary>Gets or sets the loss within a UTC day, as a share of the equity at its start, at which trading stops.</summary>
    /// <value>The default is <see langword="null"/>, no such limit. Above 0 and at most 1.</value>
    public decimal? MaxDailyLoss { get; set; }

    /// <summary>Gets or sets the fall of the equity from its highest value, as a share of that value, at which trading stops.</summary>
    /// <value>The default is <see langword="null"/>, no such limit. Above 0 and at most 1.</value>
    public decimal? MaxDrawdown { get; set; }

    /// <summary>Gets or sets the loss, as a share of the entry price, at which a stop order on the exchange closes the position. It is placed right
    /// after the entry and outlives the process. The stop of the default strategy, <see cref="ThresholdStrategyOptions.StopLoss"/>, is
    /// another one: it looks at closes only, and lives in the process.</summary>
    /// <value>The default is <see langword="null"/>, no such stop. Above 0 and below 1, and nearer than the liquidation price.</value>
    public decimal? StopLoss { get; set; }

    /// <summary>Gets or sets how long a position may be without its stop when the exchange does not take it; then the position is closed at the market.</summary>
    /// <value>The default is 10 seconds. From 0, one attempt, to 10 minutes.</value>
    public TimeSpan StopPlacementTimeout { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>Gets or sets what to do about an entry that ended with only a part of it filled.</summary>
    /// <value>The default is <see cref="PartialFillPolicy.Accept"/>.</value>
    public PartialFillPolicy PartialFillPolicy { get; set; } = PartialFillPolicy.Accept;

    /// <summary>Gets or sets what to do about a position that the bot did not open, or not so large.</summary>
    /// <value>The default is <see cref="UnknownExposurePolicy.Adopt"/>: a bot without memory must not leave its own position alone.</value>
    public UnknownExposurePolicy UnknownExposurePolicy { get; set; } = UnknownExposurePolicy.Adopt;

    /// <summary>Gets or sets how long after the reading of the account an entry may still be sent.</summary>
    /// <value>The default is 30 seconds. Above 0, to 1 hour.</value>
    public TimeSpan MaxDecisionAge { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>Gets or sets how long after the close of the newest bar, by the exchange's time, an entry may still be made on it.</summary>
    /// <value>The default is <see langword="null"/>: one interval, so until the next bar has closed. Above 0.</value>
    public TimeSpan? MaxBarAge { get; set; }

    /// <summary>Gets or sets how far this machine's clock and the time of the exchange's price may be apart for an entry.</summary>
    /// <value>The default is 1 minute. Above 0.</value>
    public TimeSpan MaxClockOffset { get; set; } = TimeSpan.FromMinutes(1);

    /// <summary>Gets or sets how far the last price may be from the mark price and from the last close for an entry, as a share.</summary>
    /// <value>The default is 0.1. Above 0 and at most 1.</value>
    public decimal MaxPriceDeviation { get; set; } = 0.1m;

    /// <summary>Gets or sets how far a forecast may be from the last close, as a share of it. One beyond is not shown to the strategy, and bars the entry.</summary>
    /// <value>The default is 0.5. Above 0 and at most 10.</value>
    public double MaxForecastMove { get; set; } = 0.5;

    /// <summary>Gets or sets how far the balance may be, while flat, from what the last cycle left, as a share of it. Beyond, nothing is entered until
    /// <see cref="Trader.ResetLimitsAsync"/>. The account must then be the bot's alone.</summary>
    /// <value>The default is <see langword="null"/>: the balance is not compared. From 0 to 1.</value>
    public decimal? MaxBalanceChange { get; set; }

    /// <summary>Gets or sets a value indicating whether the kill switch is on.</summary>
    /// <value>The default is <see langword="false"/>.</value>
    public bool KillSwitch { get; set; }

    /// <summary>Gets or sets the path of a file that turns the kill switch on while it exists.</summary>
    /// <value>The default is <see langword="null"/>, no such file. Its folder must exist when the bot starts.</value>
    public string? KillSwitchFile { get; set; }

    /// <summary>Gets or sets what the kill switch does while it is on.</summary>
    /// <value>The default is <see cref="KillSwitchAction.StopEntries"/>.</value>
    public KillSwitchAction KillSwitchAction { get; set; } = KillSwitchAction.StopEntries;

    /// <summary>Gets or sets the balance that a paper account starts with, in the quote asset.</summary>
    /// <value>The default is 10,000. Above 0.</value>
    public decimal PaperBalance { get; set; } = 10_000m;

    /// <summary>Gets or sets the fee of an order that fills at once, as a share of its notional: what a paper account pays, and what an entry leaves room for
    /// (<see cref="TradeSettings.TakerFee"/>).</summary>
    /// <value>The default is 0.0005. From 0 to 0.01.</value>
    public decimal TakerFee { get; set; } = 0.0005m;

    /// <summary>Gets or sets the fee of an order that waited in the book, as a share of its notional.</summary>
    /// <value>The default is 0.0002. From 0 to 0.01.</value>
    public decimal MakerFee { get; set; } = 0.0002m;

    /// <summary>Gets or sets how much worse than the market's price a market order fills, as a share of the price.</summary>
    /// <value>The default is 0.0002. From 0 to 0.05.</value>
    public decimal Slippage { get; set; } = 0.0002m;

    /// <summary>Gets or sets a value indicating whether a strategy may run whose threshold cannot pay its own fees and slippage.</summary>
    /// <value>The default is <see langword="false"/>.</value>
    public bool AllowThresholdBelowCosts { get; set; }

    /// <summary>Gets or sets a value indicating whether a model may trade live whose card says that it is an echo or without skill.</summary>
    /// <value>The default is <see langword="false"/>. Paper trading takes any model.</value>
    public bool AllowUnskilledModel { get; set; }

    /// <summary>Gets or sets a value indicating whether a model may trade a market other than the one in its card.</summary>
    /// <value>The default is <see langword="false"/>.</value>
    public bool AllowModelOfOtherSymbol { get; set; }

    /// <summary>Gets or sets the path of the model's file.</summary>
    /// <value>The default is <see langword="null"/>: the model comes from elsewhere.</value>
    public string? ModelPath { get; set; }

    /// <summary>Gets the settings of the default strategy.</summary>
    public ThresholdStrategyOptions Threshold { get; } = new();

    /// <summary>Gets the faults found while the settings were read from a configuration; they are reported with all others.</summary>
    internal List<string> ReadingFaults { get; } = [];

    /// <summary>Ties the settings of position and limits to the exchange's rules of the symbol.</summary>
    internal TradeSettings ToTradeSettings(SymbolInfo symbolInfo) => new()
    {
        BotId = BotId,
        SymbolInfo = symbolInfo,
        PositionFraction = PositionFraction,
        Leverage = Leverage,
        MaxNotional = MaxNotional,
        MaxDailyLoss = MaxDailyLoss,
        MaxDrawdown = MaxDrawdown,
        StopLoss = StopLoss,
        TakerFee = TakerFee,
    };
}
