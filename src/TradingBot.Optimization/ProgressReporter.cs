namespace TradingBot.Optimization;

/// <summary>Counts trials and estimates the time left. Not safe for several threads.</summary>
internal sealed class ProgressReporter(int total, IProgress<SweepProgress> progress, TimeProvider timeProvider)
{
    private readonly long _start = timeProvider.GetTimestamp();
    private int _found;
    private int _run;

    public void AddFound(int count)
    {
        _found += count;
        Report();
    }

    public void AddRun()
    {
        _run++;
        Report();
    }

    private void Report()
    {
        var elapsed = timeProvider.GetElapsedTime(_start);
        progress.Report(new SweepProgress(_found + _run, total, elapsed, _run == 0 ? null : elapsed * ((double)(total - _found - _run) / _run)));
    }
}
