using TradingBot.Backtesting;
using TradingBot.Core.Tests.Trading;
using TradingBot.Market;
using TradingBot.Prediction;
using TradingBot.Simulation;
using TradingBot.Trading;

namespace TradingBot.Core.Tests.Backtesting;

/// <summary>Bars, forecasts and settings of every kind that a backtest may meet.</summary>
internal static class RandomMarkets
{
    public static BacktestOptions Options(Random random)
    {
        var options = Options(random, leverage: random.Next(2) == 0 ? 1 : random.Next(2, 60));
        // A stop must be nearer than the liquidation price.
        return random.Next(3) == 0 ? options with { Trade = options.Trade with { StopLoss = 0.005m } } : options;
    }

    public static BacktestOptions Options(Random random, int leverage) => new()
    {
        Trade = new TradeSettings
        {
            SymbolInfo = CycleBars.Rules with { MinNotional = 0 },
            PositionFraction = random.Next(4) == 0 ? 1 : (decimal)(0.05 + (0.9 * random.NextDouble())),
            Leverage = leverage,
            MaxDrawdown = random.Next(3) == 0 ? 0.3m : null,
            MaxDailyLoss = random.Next(3) == 0 ? 0.1m : null,
            MaxNotional = random.Next(3) == 0 ? 3_000m : null,
        },
        MarginMode = random.Next(2) == 0 ? MarginMode.Isolated : MarginMode.Cross,
        Slippage = random.Next(2) == 0 ? 0 : 0.0002m,
        Funding = random.Next(3) switch
        {
            0 => FundingSchedule.None,
            1 => FundingSchedule.Fixed(random.Next(-20, 20) * 0.0001m, TimeSpan.FromHours(random.Next(2) == 0 ? 1 : 8)),
            _ => FundingSchedule.FromHistory(
                Enumerable.Range(0, 300).Select(i => new FundingRate(CycleBars.Start.AddHours((8 * i) + random.Next(8)).AddMinutes(17), random.Next(-20, 20) * 0.0001m))),
        },
    };

    // With gaps, jumps between bars, now and then a violent bar, and prices of any number of digits.
    public static BarSeries Bars(Random random, int count, Symbol? symbol = null, Interval? interval = null, double price = 20_000d)
    {
        interval ??= Interval.OneHour;
        var builder = new BarSeriesBuilder(symbol ?? CycleBars.Rules.Symbol, interval, GapPolicy.Flag, count);
        var digits = random.Next(2) == 0 ? 1 : 12;
        var time = CycleBars.Start;
        double Rounded(double value) => Math.Round(value, digits);
        while (builder.Count < count)
        {
            var violence = random.Next(40) == 0 ? 0.3 : 0.01;
            double Move() => 1 + ((random.NextDouble() - 0.5) * violence);
            var open = random.Next(10) == 0 ? Rounded(price * Move()) : price;
            var close = Rounded(open * Move());
            var high = Rounded(Math.Max(open, close) * (1 + (random.NextDouble() * violence / 4)));
            var low = Rounded(Math.Min(open, close) * (1 - (random.NextDouble() * violence / 4)));
            builder.Add(new Bar(time, interval.Length, open, Math.Max(high, Math.Max(open, close)), Math.Min(low, Math.Min(open, close)), close, 1));
            price = close;
            time += interval.Length * (random.Next(50) == 0 ? random.Next(1, 30) : 1);
        }

        return builder.Build();
    }

    /// <summary>Puts bars together to longer ones.</summary>
    public static BarSeries Joined(BarSeries bars, Interval interval) => BarSeries.Create(
        bars.Symbol,
        interval,
        GapPolicy.Flag,
        bars.GroupBy(bar => interval.OpenTimeAt(bar.OpenTime)).Select(parts => new Bar(
            parts.Key, interval.Length, parts.First().Open, parts.Max(bar => bar.High), parts.Min(bar => bar.Low), parts.Last().Close, parts.Sum(bar => bar.Volume))));

    public static ForecastSeries Forecasts(Random random, BarSeries bars)
    {
        var prices = new double[bars.Count];
        for (var i = 0; i < prices.Length; i++)
        {
            prices[i] = random.Next(20) == 0 ? double.NaN : bars.Closes[i] * (1 + ((random.NextDouble() - 0.5) * 0.04));
        }

        return new ForecastSeries(bars, prices, random.Next(1, 4));
    }
}
