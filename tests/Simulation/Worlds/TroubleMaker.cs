namespace TradingBot.Tests.Simulation.Worlds;

/// <summary>Decides what goes wrong, and knows when all that went wrong is over.</summary>
internal abstract class TroubleMaker
{
    /// <summary>Gets a value indicating whether nothing goes wrong at present.</summary>
    public abstract bool IsOver { get; }

    /// <summary>Gets a value indicating whether an answer may tell of a moment before.</summary>
    public abstract bool IsStalePossible { get; }

    /// <summary>Gets how often the exchange refused everything for a while.</summary>
    public virtual int Outages => 0;

    /// <summary>Gets how often it did so until the troubles were over, as for maintenance.</summary>
    public virtual int Maintenances => 0;

    /// <summary>Decides about something that a bot is about to wait for.</summary>
    /// <param name="process">Who waits.</param>
    /// <param name="kind">For what.</param>
    /// <param name="number">Which of the waits of its cycle it is, from 0.</param>
    public abstract Trouble For(Process process, CallKind kind, int number);

    /// <summary>Draws how long after a bar's close a host wakes up, in milliseconds.</summary>
    public virtual int WakeDelay(World world) => world.Draw(200, 1_500);

    /// <summary>Draws how long a host that died stays away, in milliseconds.</summary>
    public virtual int RestartDelay(World world) => 1_000;

    /// <summary>Decides whether somebody cancels the bot's stop before it runs.</summary>
    public virtual bool LosesStop() => false;

    /// <summary>Is told that a host has ended a cycle in calm.</summary>
    /// <param name="world">The world.</param>
    /// <param name="calmCycles">How many cycles every host has ended since the last trouble.</param>
    public virtual void OnCalm(World world, int calmCycles)
    {
    }
}
