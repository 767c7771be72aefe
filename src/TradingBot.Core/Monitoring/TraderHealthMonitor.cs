namespace TradingBot.Monitoring;

/// <summary>Holds how the trader fares, for health checks to read while it trades.</summary>
public sealed class TraderHealthMonitor
{
    private TraderHealth _current = new();

    /// <summary>Gets how the trader fares now. It may be read from any thread.</summary>
    public TraderHealth Current => Volatile.Read(ref _current);

    /// <summary>Changes what is known. The trader's cycles run one after another, so that there is one writer.</summary>
    internal void Update(Func<TraderHealth, TraderHealth> change) => Volatile.Write(ref _current, change(_current));
}
