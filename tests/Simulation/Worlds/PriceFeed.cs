using System.Globalization;

namespace TradingBot.Tests.Simulation.Worlds;

/// <summary>Lets the market trade at the prices of the path, each at its time.</summary>
internal sealed class PriceFeed(World world) : IOccurrence
{
    private int _next = Bot.FirstBar * PricePath.PricesPerBar;

    public void Start() => world.Schedule(0, this, 0);

    public void Occur(int stamp)
    {
        var fills = world.Venue.Fills.Count;
        world.Venue.Trade(world.Now, world.Path.PriceAt(_next));
        for (; world.Trace is not null && fills < world.Venue.Fills.Count; fills++)
        {
            var fill = world.Venue.Fills[fills];
            world.Trace.Add(string.Create(CultureInfo.InvariantCulture, $"the market fills {fill.ClientOrderId}: {fill.Side} {fill.Quantity} at {fill.Price}"));
        }

        world.Auditor.OnTime();
        _next++;
        if (_next < world.Path.Count)
        {
            world.Schedule(world.Path.TimeOf(_next) - world.Now, this, 0);
        }
    }
}
