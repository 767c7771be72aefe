using System.Globalization;
using Spectre.Console;
using TradingBot.Optimization;

namespace ConsoleHost;

/// <summary>Shows a person how far a search is, and the time that is left.</summary>
internal sealed class SearchProgress : IProgress<SweepProgress>
{
    private readonly ProgressTask _task;
    private readonly string _title;

    private SearchProgress(ProgressTask task, string title) => (_task, _title) = (task, title);

    /// <summary>Gets how many trials are done, those found in the ledger included.</summary>
    public int Completed { get; private set; }

    /// <summary>Gets how many there are.</summary>
    public int Total { get; private set; }

    /// <summary>Runs a search that can be canceled and says, if it was, that nothing of it is lost.</summary>
    /// <exception cref="OperationCanceledException">The search was canceled.</exception>
    public static async Task<T> ShowAsync<T>(IAnsiConsole console, string title, string ledger, Func<IProgress<SweepProgress>, T> search)
    {
        SearchProgress? shown = null;
        try
        {
            return await console.Progress()
                .Columns(new TaskDescriptionColumn { Alignment = Justify.Left }, new ProgressBarColumn(), new PercentageColumn())
                .StartAsync(context =>
                {
                    var progress = shown = new SearchProgress(context.AddTask(Markup.Escape(title)), title);

                    // A thread of its own, as whoever waits for Ctrl+C waits on this one.
                    return Task.Run(() => search(progress), CancellationToken.None);
                });
        }
        catch (OperationCanceledException)
        {
            console.WriteLine(shown is { Total: > 0 }
                ? $"{shown.Completed} of {shown.Total} trials are done and kept in {ledger}. The same command goes on from there."
                : "Canceled before the first trial.");
            throw;
        }
        catch (InvalidOperationException exception) when (exception.InnerException is ArgumentException)
        {
            // A trial that the strategy refused: what was asked for is at fault, not the program.
            throw new ArgumentException(exception.Message, exception);
        }
    }

    public void Report(SweepProgress value)
    {
        (Completed, Total) = (value.Completed, value.Total);
        var left = value.Remaining is { } remaining ? $", {Text(remaining)} left" : string.Empty;
        _task.Description = Markup.Escape(string.Create(CultureInfo.InvariantCulture, $"{_title}: {value.Completed:#,0} of {value.Total:#,0} trials{left}"));
        _task.MaxValue = value.Total;
        _task.Value = value.Completed;
    }

    private static string Text(TimeSpan time) => time.ToString(time.TotalHours >= 24 ? @"d\.hh\:mm\:ss" : @"hh\:mm\:ss", CultureInfo.InvariantCulture);
}
