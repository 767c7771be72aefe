using TradingBot.Strategies;

namespace TradingBot.Tests.Shared;

/// <summary>Uses every kind of decision: both sides by the forecast, reversals, closings, and limit entries that often do not fill.</summary>
internal sealed class RestlessStrategy : IStrategy
{
    public int Lookback => 3;

    public Decision Decide(in StrategyContext context)
    {
        if (context.Forecast is not { } forecast)
        {
            return Decision.None;
        }

        var closes = context.Bars.Closes;
        var isUp = forecast.Return > 0;
        return closes[2] > closes[1] && closes[1] > closes[0] ? Decision.Close.Because("three in a row")
            : context.Position.IsFlat && closes[2] < closes[0] ? Decision.Long with { LimitPrice = (decimal)(closes[2] * 0.999) }
            : isUp ? Decision.Long
            : Decision.Short;
    }
}
