using TradingBot.Simulation;
using TradingBot.Trading;

namespace TradingBot.Backtesting;

/// <summary>How a portfolio's one account is set, what it pays, and when all of its trading must stop.</summary>
public sealed record PortfolioOptions
{
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

    /// <summary>Gets what stands behind a position: its own margin, or all that the account has.</summary>
    /// <value>The default is <see cref="MarginMode.Isolated"/>.</value>
    public MarginMode MarginMode { get; init; } = MarginMode.Isolated;

    /// <summary>Gets the loss of the account within a UTC day, as a share of its equity at the start of the day, at which every market stops.</summary>
    /// <value>The default is <see langword="null"/>, no such limit. Above 0 and at most 1.</value>
    public decimal? MaxDailyLoss { get; init; }

    /// <summary>Gets the fall of the account's equity from its highest value, as a share of that value, at which every market stops.</summary>
    /// <value>The default is <see langword="null"/>, no such limit. Above 0 and at most 1.</value>
    public decimal? MaxDrawdown { get; init; }

    /// <summary>Gets a value indicating whether a strategy may run whose threshold cannot pay its own costs.</summary>
    /// <value>The default is <see langword="false"/>.</value>
    public bool AllowThresholdBelowCosts { get; init; }

    /// <summary>Gets a value indicating whether the portfolio is run a second time, on the optimistic path, when bars hid the order of what happened in them.</summary>
    /// <remarks>The second run asks the same strategies again.</remarks>
    /// <value>The default is <see langword="true"/>.</value>
    public bool RunsOptimistically { get; init; } = true;

    /// <summary>Describes the exchange that the account trades on.</summary>
    internal SimulatedExchangeOptions ToExchangeOptions(IEnumerable<PortfolioMarket> markets) => new()
    {
        Markets = [.. markets.Select(market => new MarketListing(market.Trade.SymbolInfo) { Funding = market.Funding, MarginTiers = market.MarginTiers })],
        InitialBalance = InitialBalance,
        MakerFeeRate = MakerFee,
        TakerFeeRate = TakerFee,
        Slippage = Slippage == 0 ? SlippageModel.None : SlippageModel.Fixed(Slippage),
        MarginMode = MarginMode,
        ForgetsFilledOrders = true,
    };
}
