using System.Globalization;
using TradingBot.Optimization.Ledger;

namespace TradingBot.Optimization.Tests;

/// <summary>The search that a test kills: it says how far it has come and waits at a given trial, until it is killed.</summary>
internal static class Program
{
    public const int Bars = 300;
    public const string WaitingText = "waiting";

    private static int Main(string[] arguments)
    {
        var (path, stopAt) = (arguments[0], int.Parse(arguments[1], CultureInfo.InvariantCulture));
        using var ledger = TrialLedger.Open(path);
        var progress = new ProgressLog(report =>
        {
            if (report.Completed >= stopAt)
            {
                Console.WriteLine(WaitingText);
                Console.ReadLine();
            }
        });
        new Sweep(SampleSearch.Options(SampleSearch.Bars(Bars), ledger)).Run(SampleSearch.Space.Grid(), progress);
        return 0;
    }
}
