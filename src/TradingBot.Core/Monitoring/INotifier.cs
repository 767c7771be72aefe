namespace TradingBot.Monitoring;

/// <summary>Tells people what a bot does. Several may be registered; each is told everything.</summary>
/// <remarks>A notifier is called after a cycle's orders have been dealt with. What it throws is logged and goes no further, and it is
/// given up after a while, so that it never touches trading.</remarks>
public interface INotifier
{
    /// <summary>Sends a notification.</summary>
    /// <param name="notification">What happened.</param>
    /// <param name="cancellationToken">Cancels when the trader waits no longer.</param>
    Task NotifyAsync(Notification notification, CancellationToken cancellationToken = default);
}
