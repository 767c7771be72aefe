using System.Globalization;
using Spectre.Console;
using TradingBot.Training;

namespace ConsoleHost;

/// <summary>Shows a person how far a training is: the loss, and the time that is left.</summary>
internal sealed class TrainingProgress : IProgress<EpochProgress>
{
    private const int Lines = 10;
    private readonly Action<EpochProgress, string> _show;

    private TrainingProgress(Action<EpochProgress, string> show) => _show = show;

    public static T Show<T>(IAnsiConsole console, string title, int epochs, Func<IProgress<EpochProgress>, T> train)
    {
        if (!console.Profile.Capabilities.Interactive)
        {
            console.WriteLine(title);
            return train(InLines(console));
        }

        return console.Progress()
            .Columns(new TaskDescriptionColumn { Alignment = Justify.Left }, new ProgressBarColumn(), new PercentageColumn())
            .Start(context =>
            {
                var task = context.AddTask(Markup.Escape(title), maxValue: epochs);
                var result = train(new TrainingProgress((value, text) => (task.Description, task.Value) = (Markup.Escape($"{title}, {text}"), value.Epoch)));
                // Early stopping ends before the last epoch.
                task.Value = task.MaxValue;
                return result;
            });
    }

    public void Report(EpochProgress value)
    {
        var losses = value.ValidationLosses.Count > 0
            ? $"loss {Lowest(value.TrainingLosses)}, validation {Lowest(value.ValidationLosses)}"
            : $"loss {Lowest(value.TrainingLosses)}";
        _show(value, string.Create(CultureInfo.InvariantCulture, $"epoch {value.Epoch} of {value.Epochs}, {losses}, at most {value.TimeLeft:h\\:mm\\:ss} left"));
    }

    // Into a file or a log go the first epoch and one in so many.
    private static TrainingProgress InLines(IAnsiConsole console) => new((value, text) =>
    {
        if (value.Epoch == 1 || value.Epoch % Math.Max(1, value.Epochs / Lines) == 0)
        {
            console.WriteLine(text);
        }
    });

    private static string Lowest(IReadOnlyList<double> losses) => losses.Min().ToString("0.0000", CultureInfo.InvariantCulture);
}
