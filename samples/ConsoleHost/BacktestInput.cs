using TradingBot.Backtesting;
using TradingBot.Market;
using TradingBot.Optimization.Parameters;
using TradingBot.Prediction;

namespace ConsoleHost;

/// <summary>What a backtest or a search was asked to run.</summary>
/// <param name="Bars">The bars.</param>
/// <param name="Forecasts">The forecasts for them, or none.</param>
/// <param name="Model">The description of the model that made them, if it is known.</param>
/// <param name="Strategy">The strategy.</param>
/// <param name="Values">The settings of it that were given.</param>
/// <param name="Options">How it trades and what it pays.</param>
internal sealed record BacktestInput(BarSeries Bars, ForecastSeries? Forecasts, ModelCard? Model, StrategyChoice Strategy, ParameterSet Values, BacktestOptions Options)
{
    public string Title => $"{Model?.Name ?? Strategy.Name} on {Bars.Symbol} {Bars.Interval}";
}
