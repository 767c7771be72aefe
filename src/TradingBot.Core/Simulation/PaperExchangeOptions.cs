using TradingBot.Market;
using TradingBot.Trading;

namespace TradingBot.Simulation;

/// <summary>How a paper account is set. The trading rules come from the exchange whose prices it trades at.</summary>
public sealed record PaperExchangeOptions
{
    /// <summary>Gets the market.</summary>
    public required Symbol Symbol { get; init; }

    /// <summary>Gets the length of the bars that resting orders, stops and liquidations are checked with.</summary>
    /// <remarks>The order of prices inside a bar is not known, so shorter bars are more exact and ask the exchange for more.</remarks>
    public required Interval Interval { get; init; }

    /// <summary>Gets the balance at the start, in the settlement asset.</summary>
    /// <value>The default is 10,000. 0 or more.</value>
    public decimal InitialBalance { get; init; } = 10_000m;

    /// <summary>Gets the fee of fills that waited in the book, as a share of the notional value.</summary>
    /// <value>The default is 0.0002. 0 or more and below 1.</value>
    public decimal MakerFeeRate { get; init; } = 0.0002m;

    /// <summary>Gets the fee of fills that took what the market offered, as a share of the notional value.</summary>
    /// <value>The default is 0.0005. 0 or more and below 1.</value>
    public decimal TakerFeeRate { get; init; } = 0.0005m;

    /// <summary>Gets how much worse than the market's price taking orders fill.</summary>
    /// <value>The default is 0.0001 of the price.</value>
    public SlippageModel Slippage { get; init; } = SlippageModel.Fixed(0.0001m);

    /// <summary>Gets when funding is paid and at what rate.</summary>
    /// <value>The default is 0.0001 of the notional value every eight hours, paid by longs to shorts.</value>
    public FundingSchedule Funding { get; init; } = FundingSchedule.Fixed(0.0001m);

    /// <summary>Gets the maintenance margin table.</summary>
    /// <value>The default is <see cref="MarginTiers.Typical"/>.</value>
    public MarginTiers MarginTiers { get; init; } = MarginTiers.Typical;

    /// <summary>Gets the leverage until it is set.</summary>
    /// <value>The default is 1. From 1 to 125.</value>
    public int Leverage { get; init; } = 1;

    /// <summary>Gets the margin mode until it is set.</summary>
    /// <value>The default is <see cref="MarginMode.Isolated"/>.</value>
    public MarginMode MarginMode { get; init; } = MarginMode.Isolated;

    /// <summary>Takes over what a bot's options say of its paper account.</summary>
    /// <param name="options">The options, which have been checked: symbol and interval are set.</param>
    public static PaperExchangeOptions Of(TradingBotOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        return new PaperExchangeOptions
        {
            Symbol = Symbol.Parse(options.Symbol!),
            Interval = options.Interval!,
            InitialBalance = options.PaperBalance,
            MakerFeeRate = options.MakerFee,
            TakerFeeRate = options.TakerFee,
            Slippage = options.Slippage == 0 ? SlippageModel.None : SlippageModel.Fixed(options.Slippage),
            Leverage = options.Leverage,
            MarginMode = options.MarginMode,
        };
    }

    internal SimulatedExchangeOptions ToExchangeOptions(SymbolInfo info) => new()
    {
        Markets = [new MarketListing(info) { Funding = Funding, MarginTiers = MarginTiers }],
        InitialBalance = InitialBalance,
        MakerFeeRate = MakerFeeRate,
        TakerFeeRate = TakerFeeRate,
        Slippage = Slippage,
        Leverage = Leverage,
        MarginMode = MarginMode,
    };
}
