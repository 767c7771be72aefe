namespace TradingBot.FakeLambda.Tests;

/// <summary>Shell scripts as programs of functions.</summary>
internal static class Script
{
    public static async Task<string> WriteAsync(DirectoryInfo folder, string text)
    {
        var path = Path.Combine(folder.FullName, "bootstrap");
        await File.WriteAllTextAsync(path, $"#!/bin/sh\n{text}\n");
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }

        return path;
    }
}
