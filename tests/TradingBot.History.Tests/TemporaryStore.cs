namespace TradingBot.History.Tests;

/// <summary>A store in a file that goes with the test.</summary>
internal sealed class TemporaryStore : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("history");

    public TemporaryStore(TimeProvider time)
    {
        Path = System.IO.Path.Combine(_folder.FullName, "bars.db");
        Store = new BarStore(Path, time);
        Time = time;
    }

    public string Path { get; }

    public TimeProvider Time { get; }

    public BarStore Store { get; private set; }

    public string File(string name) => System.IO.Path.Combine(_folder.FullName, name);

    /// <summary>Opens the file anew, as the next run does.</summary>
    public BarStore Reopen()
    {
        Store.Dispose();
        return Store = new BarStore(Path, Time);
    }

    public void Dispose()
    {
        Store.Dispose();
        _folder.Delete(recursive: true);
    }
}
