namespace TradingBot.FakeBinance;

/// <summary>The command.</summary>
internal static class Program
{
    private static Task<int> Main(string[] arguments) => FakeBinanceCommand.Create().Parse(arguments).InvokeAsync();
}
