using System.Globalization;
using Spectre.Console;
using TradingBot.Training;

namespace ConsoleHost;

/// <summary>Shows a person how far a training is: the loss, and the time that is left.</summary>
internal sealed class TrainingProgress : IProgress<EpochProgress>
{
    private readonly ProgressTask _task;
    private readonly string _title;

    private TrainingProgress(ProgressTask task, string title) => (_task, _title) = (task, title);

    public static T Show<T>(IAnsiConsole console, string title, int epochs, Func<IProgress<EpochProgress>, T> train) => console.Progress()
        .Columns(new TaskDescriptionColumn { Alignment = Justify.Left }, new ProgressBarColumn(), new PercentageColumn(), new RemainingTimeColumn())
        .Start(context =>
        {
            var task = context.AddTask(Markup.Escape(title), maxValue: epochs);
            var result = train(new TrainingProgress(task, title));
            // Early stopping ends before the last epoch.
            task.Value = task.MaxValue;
            return result;
        });

    public void Report(EpochProgress value)
    {
        var losses = value.ValidationLosses.Count > 0
            ? $"loss {Lowest(value.TrainingLosses)}, validation {Lowest(value.ValidationLosses)}"
            : $"loss {Lowest(value.TrainingLosses)}";
        _task.Description = Markup.Escape($"{_title}, epoch {value.Epoch}, {losses}");
        _task.Value = value.Epoch;
    }

    private static string Lowest(IReadOnlyList<double> losses) => losses.Min().ToString("0.0000", CultureInfo.InvariantCulture);
}
