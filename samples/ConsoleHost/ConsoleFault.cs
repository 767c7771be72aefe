using System.Data.Common;
using Microsoft.Extensions.Options;
using TradingBot.Market;
using TradingBot.Prediction;
using TradingBot.Strategies;
using TradingBot.Trading;
using TradingBot.Training;

namespace ConsoleHost;

/// <summary>Tells a failure that the person at the console can mend.</summary>
internal static class ConsoleFault
{
    // The settings of several parts can be at fault at once.
    public static bool Explains(Exception e) => e is AggregateException all ? all.InnerExceptions.All(inner => inner is OptionsValidationException) : e
        is BarDataException or ModelException or TrainingException or UnprofitableSettingsException or ExchangeException
        or OptionsValidationException or IOException or InvalidDataException or DbException or UnauthorizedAccessException or ArgumentException or FormatException;

    public static async Task WriteAsync(Exception e, TextWriter error)
    {
        IEnumerable<string> lines = e switch
        {
            OptionsValidationException options => options.Failures,
            AggregateException all => all.InnerExceptions.OfType<OptionsValidationException>().SelectMany(options => options.Failures),
            ArgumentException argument => [MessageOf(argument)],
            _ => [e.Message],
        };
        foreach (var line in lines)
        {
            await error.WriteLineAsync($"error: {line}");
        }
    }

    // The name of a parameter says nothing to who typed an option, and the value is in the message.
    private static string MessageOf(ArgumentException e) =>
        e.Message.Split('\n')[0].TrimEnd().Replace($" (Parameter '{e.ParamName}')", string.Empty, StringComparison.Ordinal);
}
