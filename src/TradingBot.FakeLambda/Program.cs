namespace TradingBot.FakeLambda;

/// <summary>The command.</summary>
internal static class Program
{
    private static Task<int> Main(string[] arguments) => FakeLambdaCommand.Create().Parse(arguments).InvokeAsync();
}
