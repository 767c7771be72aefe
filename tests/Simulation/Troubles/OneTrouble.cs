using TradingBot.Tests.Simulation.Worlds;

namespace TradingBot.Tests.Simulation.Troubles;

/// <summary>One trouble, at one thing that one run waits for; nothing else ever goes wrong.</summary>
/// <param name="run">The number of the run, the host's first being 1.</param>
/// <param name="wait">The number of what it waits for, from 0.</param>
/// <param name="trouble">What goes wrong.</param>
/// <param name="restartDelay">How long a host that died stays away, in milliseconds.</param>
internal sealed class OneTrouble(int run, int wait, Trouble trouble, int restartDelay) : TroubleMaker
{
    private bool _isOver;

    public override bool IsOver => _isOver;

    public override bool IsStalePossible => trouble.Kind == TroubleKind.Stale;

    /// <summary>Gets a value indicating whether the trouble came.</summary>
    public bool HasStruck { get; private set; }

    /// <summary>Gets what the run waited for, up to the trouble.</summary>
    public List<CallKind> Waits { get; } = [];

    public override Trouble For(Process process, CallKind kind, int number)
    {
        var world = process.World;
        _isOver |= world.Runs > run;
        if (world.Runs != run)
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
