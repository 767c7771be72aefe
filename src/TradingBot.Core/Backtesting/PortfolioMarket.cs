using TradingBot.Market;
using TradingBot.Prediction;
using TradingBot.Simulation;
using TradingBot.Strategies;
using TradingBot.Trading;

namespace TradingBot.Backtesting;

/// <summary>One market of a portfolio: what is traded there, by which strategy, on which forecasts.</summary>
public sealed record PortfolioMarket
{
    /// <summary>Gets the bars, oldest first, of the symbol that the settings are for. Bars may be missing, and they may begin later or end earlier than
    /// those of other markets.</summary>
    public required BarSeries Bars { get; init; }

    /// <summary>Gets what decides.</summary>
    public required IStrategy Strategy { get; init; }

    /// <summary>Gets how large a position may be; the same settings as live. <see cref="TradeSettings.PositionFraction"/> is of the account's equity, and the limits
    /// here look at the account's equity too, at the closes of this market, and stop this market alone.</summary>
    public required TradeSettings Trade { get; init; }

    /// <summary>Gets one forecast per bar, made for these bars, or <see langword="null"/> for a strategy that needs none.</summary>
    public ForecastSeries? Forecasts { get; init; }

    /// <summary>Gets the description of the model that made the forecasts, for the result and the warning about its training range.</summary>
    public ModelCard? Model { get; init; }

    /// <summary>Gets when funding is paid and at what rate.</summary>
    /// <value>The default is 0.0001 of the notional every eight hours, paid by longs to shorts.</value>
    public FundingSchedule Funding { get; init; } = FundingSchedule.Fixed(0.0001m);

    /// <summary>Gets the maintenance margin table.</summary>
    /// <value>The default is <see cref="MarginTiers.Typical"/>.</value>
    public MarginTiers MarginTiers { get; init; } = MarginTiers.Typical;

    /// <summary>Gets bars of the same market and a shorter interval, which tell the order of events inside the bars that are traded.</summary>
    /// <remarks>As <see cref="BacktestOptions.FinerBars"/>: a bar in which something may happen is traded by its finer bars where they cover it, and decisions are made at the
    /// closes of the traded bars alone. Where there are other markets, so is every bar at whose open a position is held, as they share its margin. Markets may have
    /// finer bars of different intervals, or none.</remarks>
    /// <value>The default is <see langword="null"/>, none.</value>
    public BarSeries? FinerBars { get; init; }

    /// <summary>Lets a model forecast every bar from that bar and those before it.</summary>
    /// <param name="predictor">The model.</param>
    /// <returns>The market with the forecasts and the model's description.</returns>
    public PortfolioMarket WithForecastsOf(IPredictor predictor)
    {
        ArgumentNullException.ThrowIfNull(predictor);
        return this with { Forecasts = predictor.PredictSeries(Bars), Model = predictor.Card };
    }

    /// <summary>Describes the backtest of this market alone.</summary>
    internal BacktestOptions ToBacktestOptions(PortfolioOptions options) => new()
    {
        Trade = Trade,
        InitialBalance = options.InitialBalance,
        MakerFee = options.MakerFee,
        TakerFee = options.TakerFee,
        Slippage = options.Slippage,
        Funding = Funding,
        MarginTiers = MarginTiers,
        MarginMode = options.MarginMode,
        AllowThresholdBelowCosts = options.AllowThresholdBelowCosts,
        FinerBars = FinerBars,
    };
}
