namespace TradingBot.Core.Tests;

/// <summary>Real bars, kept next to the repository where there are any; a test that needs them is skipped elsewhere.</summary>
internal static class SharedData
{
    private static readonly string? Folder = Find();

    /// <summary>Gets why a test that needs the files is skipped, or <see langword="null"/> where they exist.</summary>
    public static string? SkipReason => Folder is null ? "The folder shared/data with real bars is not beside the repository." : null;

    public static string Path(string file) => System.IO.Path.Combine(Folder!, file);

    // A checkout may lie some folders deep beside the shared one.
    private static string? Find()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            var candidate = System.IO.Path.Combine(folder.FullName, "shared", "data");
            if (Directory.Exists(candidate))
            {
                return candidate;
            }
        }

        return null;
    }
}
