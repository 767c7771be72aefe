using Microsoft.Playwright;
using TradingBot.Tests.Shared;

namespace TradingBot.Reporting.Tests;

/// <summary>Debian's browser, shared by the tests of a class. Where it is missing it is installed, if that is possible.</summary>
public sealed class Chromium : IAsyncLifetime
{
    private const string Executable = "/usr/bin/chromium";
    private IPlaywright? _playwright;

    /// <summary>Gets why there is no browser, or <see langword="null"/> when there is one.</summary>
    public static string? Missing { get; } = Find();

    /// <summary>Gets the browser.</summary>
    public IBrowser Browser { get; private set; } = null!;

    public async Task InitializeAsync()
    {
        if (Missing is not null)
        {
            return;
        }

        _playwright = await Playwright.CreateAsync();
        Browser = await _playwright.Chromium.LaunchAsync(new BrowserTypeLaunchOptions
        {
            ExecutablePath = Executable,
            Args = ["--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"],
        });
    }

    public async Task DisposeAsync()
    {
        if (Browser is not null)
        {
            await Browser.DisposeAsync();
        }

        _playwright?.Dispose();
    }

    private static string? Find()
    {
        if (File.Exists(Executable))
        {
            return null;
        }

        if (!OperatingSystem.IsLinux() || Environment.UserName != "root" || !File.Exists("/usr/bin/apt-get"))
        {
            return $"{Executable} is missing, and installing it takes root and apt-get (eng/chromium/install.sh).";
        }

        using var install = System.Diagnostics.Process.Start(Repository.PathOf("eng", "chromium", "install.sh"));
        install.WaitForExit();
        return File.Exists(Executable) ? null : $"{Executable} is missing, and eng/chromium/install.sh ended with {install.ExitCode}.";
    }
}
