using TradingBot.Testing;

namespace TradingBot.Core.Tests.Binance;

/// <summary>Moves a manual clock along with what waits on it.</summary>
internal static class ClockDriving
{
    /// <summary>Lets a task end by moving the clock from wait to wait; returns the waits.</summary>
    public static async Task<List<TimeSpan>> DriveAsync(this ManualTimeProvider clock, Task task)
    {
        var waits = new List<TimeSpan>();
        while (!task.IsCompleted)
        {
            var next = await SoonAsync(() => task.IsCompleted ? TimeSpan.MinValue : clock.UntilNextTimer);
            if (next == TimeSpan.MinValue)
            {
                break;
            }

            waits.Add(next);

            // Away from xunit's context, what waited goes on within the call, up to its next wait.
            await Task.Run(() => clock.Advance(next));
        }

        await task;
        return waits;
    }

    /// <summary>Waits, in real time, until something other threads do has happened.</summary>
    public static async Task<T> SoonAsync<T>(Func<T?> find)
        where T : struct
    {
        var started = TimeProvider.System.GetTimestamp();
        while (true)
        {
            if (find() is { } found)
            {
                return found;
            }

            TimeProvider.System.GetElapsedTime(started).Should().BeLessThan(TimeSpan.FromSeconds(60), "it should have happened by now");
            await Task.Delay(TimeSpan.FromMilliseconds(1), TimeProvider.System);
        }
    }

    public static Task SoonAsync(Func<bool> condition) => SoonAsync<bool>(() => condition() ? true : null);
}
