using TradingBot.Strategies;

namespace TradingBot.Tests.Simulation.Worlds;

/// <summary>Decides by the bar's number and the seed alone, so that the state to arrive at is known beforehand.</summary>
internal sealed class SeededStrategy(WorldSettings settings) : IStrategy
{
    public int Lookback => 2;

    /// <summary>Gets what is wanted when a bar has closed.</summary>
    public Wish WishAt(int bar)
    {
        if (settings.Wishes is { } scripted)
        {
            return scripted[Math.Clamp(bar - Bot.FirstBar + 1, 0, scripted.Count - 1)];
        }

        var draw = Dice.Mix(Dice.Mix(settings.Seed, 3), (ulong)(bar / settings.BarsPerWish)) % 100;
        return draw switch
        {
            < 30 => Wish.Long,
            < 60 => Wish.Short,
            < 75 => Wish.Flat,
            < 82 => Wish.Anything,
            < 91 => Wish.LongAtLimit,
            _ => Wish.ShortAtLimit,
        };
    }

    public Decision Decide(in StrategyContext context) => WishAt(Arena.BarAt(context.BarOpenTime)) switch
    {
        Wish.Long => Decision.Long,
        Wish.Short => Decision.Short,
        Wish.Flat => Decision.Close,
        Wish.LongAtLimit => Decision.Long with { LimitPrice = (decimal)context.Price * 0.9995m },
        Wish.ShortAtLimit => Decision.Short with { LimitPrice = (decimal)context.Price * 1.0005m },
        _ => Decision.None,
    };
}
