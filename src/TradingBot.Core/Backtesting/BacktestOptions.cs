using TradingBot.Market;
using TradingBot.Simulation;
using TradingBot.Trading;

namespace TradingBot.Backtesting;

/// <summary>How a backtest trades and what it pays.</summary>
public sealed record BacktestOptions
{
    /// <summary>Gets how large a position may be and when trading must stop; the same settings as live.</summary>
    public required TradeSettings Trade { get; init; }

    /// <summary>Gets the balance at the start, in the settlement asset.</summary>
    /// <value>The default is 10,000. Above 0.</value>
    public decimal InitialBalance { get; init; } = 10_000m;

    /// <summary>Gets the fee of fills that waited in the book, as a share of the notional.</summary>
    /// <value>The default is 0.0002. From 0 to below 1.</value>
    public decimal MakerFee { get; init; } = 0.0002m;

    /// <summary>Gets the fee of fills that took what the market offered, as a share of the notional.</summary>
    /// <value>The default is 0.0005. From 0 to below 1.</value>
    public decimal TakerFee { get; init; } = 0.0005m;

    /// <summary>Gets how much worse than the market's price an order fills, as a share of the price.</summary>
    /// <value>The default is 0.0002. From 0 to below 1.</value>
    public decimal Slippage { get; init; } = 0.0002m;

    /// <summary>Gets when funding is paid and at what rate.</summary>
    /// <value>The default is 0.0001 of the notional every eight hours, paid by longs to shorts.</value>
    public FundingSchedule Funding { get; init; } = FundingSchedule.Fixed(0.0001m);

    /// <summary>Gets the maintenance margin table.</summary>
    /// <value>The default is <see cref="MarginTiers.Typical"/>.</value>
    public MarginTiers MarginTiers { get; init; } = MarginTiers.Typical;

    /// <summary>Gets what stands behind a position.</summary>
    /// <value>The default is <see cref="MarginMode.Isolated"/>.</value>
    public MarginMode MarginMode { get; init; } = MarginMode.Isolated;

    /// <summary>Gets a value indicating whether a strategy may run whose threshold cannot pay its own costs.</summary>
    /// <value>The default is <see langword="false"/>.</value>
    public bool AllowThresholdBelowCosts { get; init; }

    /// <summary>Gets bars of the same market and a shorter interval, which tell the order of events inside the bars that are traded.</summary>
    /// <remarks>A bar in which something may happen is traded by its finer bars where they cover it; where they do not (before their first, in their gaps), it is
    /// traded as it is. Decisions are made at the closes of the traded bars alone. Their interval must divide that of the traded bars, and their prices must agree
    /// with every bar that they stand for, to a 100,000th.</remarks>
    /// <value>The default is <see langword="null"/>, none.</value>
    public BarSeries? FinerBars { get; init; }

    /// <summary>Gets a value indicating whether a backtest is run a second time, on the optimistic path, when bars hid the order of what happened in them.</summary>
    /// <remarks>The second run asks the same strategy again. A search ranks by the conservative result alone and does without.</remarks>
    /// <value>The default is <see langword="true"/>.</value>
    public bool RunsOptimistically { get; init; } = true;

    /// <summary>Describes the exchange that these options trade on.</summary>
    internal SimulatedExchangeOptions ToExchangeOptions() => new()
    {
        Markets = [new MarketListing(Trade.SymbolInfo) { Funding = Funding, MarginTiers = MarginTiers }],
        InitialBalance = InitialBalance,
        MakerFeeRate = MakerFee,
        TakerFeeRate = TakerFee,
        Slippage = Slippage == 0 ? SlippageModel.None : SlippageModel.Fixed(Slippage),
        Leverage = Trade.Leverage,
        MarginMode = MarginMode,
        ForgetsFilledOrders = true,
    };
}
