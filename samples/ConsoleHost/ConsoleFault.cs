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
    public static bool Explains(Exception e) => e
        is BarDataException or ModelException or TrainingException or UnprofitableSettingsException or ExchangeException
        or OptionsValidationException or IOException or UnauthorizedAccessException or ArgumentException or FormatException;

    public static async Task WriteAsync(Exception e)
    {
        var lines = e is OptionsValidationException options ? options.Failures : [e.Message];
        foreach (var line in lines)
        {
            await Console.Error.WriteLineAsync($"error: {line}");
        }
    }
}
