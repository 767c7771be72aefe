using TradingBot.Tests.Simulation.Worlds;

namespace TradingBot.Tests.Simulation.Troubles;

/// <summary>One trouble, at one thing that one cycle waits for; nothing else ever goes wrong.</summary>
/// <param name="cycle">The number of the cycle, the host's first being 1.</param>
/// <param name="wait">The number of what it waits for within the cycle, from 0.</param>
/// <param name="trouble">What goes wrong.</param>
/// <param name="restartDelay">How long a host that died stays away, in milliseconds.</param>
internal sealed class OneTrouble(int cycle, int wait, Trouble trouble, int restartDelay) : TroubleMaker
{
    private bool _isOver;

    public override bool IsOver => _isOver;

    /// <summary>Gets a value indicating whether the trouble came.</summary>
    public bool HasStruck { get; private set; }

    /// <summary>Gets what the cycle waited for, up to the trouble.</summary>
    public List<CallKind> Waits { get; } = [];

    public override Trouble For(Process process, CallKind kind, int number)
    {
        var world = process.World;
        _isOver |= world.Cycles > cycle;
        if (world.Cycles != cycle)
        {
            return default;
        }

        Waits.Add(kind);
        if (HasStruck || number != wait)
        {
            return default;
        }

        (HasStruck, _isOver) = (true, true);
        return trouble;
    }

    public override int WakeDelay(World world) => 1_000;

    public override int RestartDelay(World world) => restartDelay;
}
