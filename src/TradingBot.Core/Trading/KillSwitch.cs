namespace TradingBot.Trading;

/// <summary>The switch by which people stop a bot: an option, or a file that exists.</summary>
internal static class KillSwitch
{
    public static GuardFinding? Check(TradingBotOptions options) =>
        options.KillSwitch ? new GuardFinding(Guard.KillSwitch, $"{nameof(options.KillSwitch)} is set")
        : options.KillSwitchFile is { } path && File.Exists(path) ? new GuardFinding(Guard.KillSwitch, $"the file '{path}' exists")
        : null;
}
