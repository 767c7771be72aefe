namespace TradingBot.Benchmarks;

/// <summary>How busy the machine is, which every figure is to be read with.</summary>
internal static class MachineLoad
{
    public static string Now => File.Exists("/proc/loadavg") ? File.ReadAllText("/proc/loadavg").Split(' ')[0] : "unknown";
}
