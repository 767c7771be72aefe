namespace TradingBot.Tests.Shared;

/// <summary>The checkout that the tests run in.</summary>
internal static class Repository
{
    /// <summary>Gets the folder of the solution.</summary>
    public static string Root { get; } = Find();

    /// <summary>Joins parts to a path inside the checkout.</summary>
    public static string PathOf(params ReadOnlySpan<string> parts) => Path.Combine([Root, .. parts]);

    private static string Find()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "TradingBot.sln")))
        {
            folder = folder.Parent ?? throw new InvalidOperationException($"Expected TradingBot.sln in a folder above {AppContext.BaseDirectory}, found none.");
        }

        return folder.FullName;
    }
}
