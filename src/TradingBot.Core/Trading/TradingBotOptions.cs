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

    /// <summary>Gets or sets what to do about bars that the exchange does not have.</summary>
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

    /// <summary>Gets or sets the balance that a paper account starts with, in the quote asset.</summary>
    /// <value>The default is 10,000. Above 0.</value>
    public decimal PaperBalance { get; set; } = 10_000m;

    /// <summary>Gets or sets the fee of an order that fills at once, as a share of its notional.</summary>
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
    };
}
