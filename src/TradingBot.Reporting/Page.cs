using System.Reflection;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;
using TradingBot.Market;

namespace TradingBot.Reporting;

/// <summary>Puts a document together that needs nothing but itself.</summary>
internal static class Page
{
    private static readonly string Style = Resource("report.css");
    private static readonly string Script = Resource("report.js");
    private static readonly string Library = Resource("lightweight-charts.js");
    private static readonly string LibraryLicense = Resource("lightweight-charts.LICENSE");

    /// <summary>Gets the version of this package, of the core's and of the runtime.</summary>
    public static string Version => $"TradingBot.Reporting {VersionOf(typeof(Page).Assembly)}, TradingBot.Core {VersionOf(typeof(BarSeries).Assembly)}, {RuntimeInformation.FrameworkDescription}";

    public static void Write(string path, string title, HtmlWriter body, IEnumerable<Chart> charts)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        if (Path.GetDirectoryName(Path.GetFullPath(path)) is { } folder)
        {
            Directory.CreateDirectory(folder);
        }

        File.WriteAllText(path, Render(title, body, charts));
    }

    public static string Render(string title, HtmlWriter body, IEnumerable<Chart> charts)
    {
        // The policy lets nothing load from elsewhere, and no script run but the two of this page, known by their hashes.
        var page = new HtmlWriter()
            .Markup("<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n")
            .Markup($"<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; script-src {HashOf(Library)} {HashOf(Script)}; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'\">\n")
            .Markup("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<meta name=\"color-scheme\" content=\"light dark\">\n")
            .Markup("<link rel=\"icon\" href=\"data:,\">\n")
            .Element("title", title)
            .Markup("\n<style>\n").Markup(Style).Markup("</style>\n</head>\n<body>\n<main>\n")
            .Markup(body.ToString())
            .Markup("<noscript><p class=\"note\">The charts need JavaScript; all figures are here without it.</p></noscript>\n</main>\n");
        Footer(page);
        return page
            .Markup("<script type=\"application/json\" id=\"data\">").Markup(ChartJson.Of(charts)).Markup("</script>\n")
            .Markup("<script>").Markup(Library).Markup("</script>\n")
            .Markup("<script>").Markup(Script).Markup("</script>\n</body>\n</html>\n")
            .ToString();
    }

    private static void Footer(HtmlWriter page) => page
        .Markup("<footer><p>").Text($"Made with {Version}. Times are UTC. Past results say little about future ones.")
        .Markup("</p><p>Charts: TradingView Lightweight Charts™ ").Text(LibraryVersion())
        .Markup(", Copyright (c) 2026 TradingView, Inc. <a href=\"https://www.tradingview.com/\" rel=\"noopener\">https://www.tradingview.com/</a>, under the Apache License 2.0.</p>\n")
        .Markup("<details><summary>Licence of the charting library</summary><pre>").Text(LibraryLicense).Markup("</pre></details></footer>\n");

    private static string HashOf(string script) => $"'sha256-{Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(script)))}'";

    private static string VersionOf(Assembly assembly) =>
        assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "of unknown version";

    private static string LibraryVersion() =>
        typeof(Page).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().First(entry => entry.Key == "LightweightChartsVersion").Value!;

    private static string Resource(string name)
    {
        using var stream = typeof(Page).Assembly.GetManifestResourceStream(name)!;
        using var reader = new StreamReader(stream, Encoding.UTF8);
        // Browsers read a line end as one character, and so must the hash.
        return reader.ReadToEnd().Replace("\r\n", "\n", StringComparison.Ordinal);
    }
}
