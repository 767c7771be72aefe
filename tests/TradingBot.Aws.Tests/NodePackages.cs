using TradingBot.Tests.Shared;

namespace TradingBot.Aws.Tests;

/// <summary>The programs of npm that these tests drive, installed once.</summary>
internal static class NodePackages
{
    private static readonly Lazy<Task<NodePackage>> Installed = new(async () =>
    {
        var package = new NodePackage(Repository.PathOf("tests", "TradingBot.Aws.Tests", "npm"));
        await package.InstallAsync();
        return package;
    });

    public static Task<NodePackage> GetAsync() => Installed.Value;
}
