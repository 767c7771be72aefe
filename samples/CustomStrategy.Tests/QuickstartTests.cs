using CustomStrategy;
using FluentAssertions;
using Xunit;

namespace CustomStrategySamples.Tests;

public sealed class QuickstartTests
{
    [Fact]
    public async Task Main_AsInTheReadme_TradesAndPrintsTheBalance()
    {
        var output = new StringWriter();
        var original = Console.Out;
        Console.SetOut(output);
        try
        {
            var main = typeof(BreakoutStrategy).Assembly.EntryPoint!;
            if (main.Invoke(null, [Array.Empty<string>()]) is Task running)
            {
                await running;
            }
        }
        finally
        {
            Console.SetOut(original);
        }

        output.ToString().Should().MatchRegex(@"^[1-9]\d* fills, balance \d+\.\d\d\n$");
    }
}
