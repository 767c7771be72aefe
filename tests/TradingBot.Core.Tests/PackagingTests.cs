using System.IO.Compression;
using System.Security.Cryptography;
using System.Text.Json;
using System.Xml.Linq;
using TradingBot.Tests.Shared;

namespace TradingBot.Core.Tests;

/// <summary>Packs what users get, and uses it as they do: from a project elsewhere that knows only the packages.</summary>
[Trait("Category", "Pack")]
public sealed class PackagingTests : IDisposable
{
#if DEBUG
    private const string Configuration = "Debug";
#else
    private const string Configuration = "Release";
#endif

    private const string Consumer =
        """
        using System;
        using System.Linq;
        using Microsoft.Extensions.DependencyInjection;
        using TradingBot.Market;
        using TradingBot.Prediction;
        using TradingBot.Strategies;
        using TradingBot.Testing;
        using TradingBot.Trading;
        using TradingBot.Training.Models;

        var start = new DateTimeOffset(2024, 1, 1, 0, 0, 0, TimeSpan.Zero);
        var bars = Enumerable.Range(0, 48).Select(i => new Bar(start.AddHours(i), TimeSpan.FromHours(1), 100 + i, 102 + i, 99 + i, 101 + i, 5));
        var series = BarSeries.Create(Symbol.Parse("BTC/USDT:USDT"), Interval.OneHour, GapPolicy.Reject, bars);
        BarCsv.Write(Console.Out, series[^2..]);
        Console.WriteLine(series);
        Console.WriteLine(BreakEven.Compute(new StrategyEdge(0.01, null), 0.0005m, 0.0001m, TimeSpan.FromDays(1)).RequiredHitRate);

        var file = new ModelFile("fitted", AutoregressiveModel.Fit(SampleBars.RandomWalk(300, seed: 1), order: 2).ToOnnx());
        using var predictor = new OnnxPredictor(file);
        var services = new ServiceCollection();
        services.AddTradingBot(options => { options.Symbol = "BTCUSDT"; options.Interval = Interval.OneHour; })
            .UsePredictor(predictor)
            .UseFakeExchange(SampleBars.RandomWalk(50, seed: 2), closedBars: 40);
        using var provider = services.BuildServiceProvider();
        var result = await provider.GetRequiredService<Trader>().RunCycleAsync();
        Console.WriteLine($"{result.Outcome}, forecast: {result.Forecast is not null}");
        """;

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("tradingbot-pack-");

    private static string CoreProject => Repository.PathOf("src", "TradingBot.Core", "TradingBot.Core.csproj");

    [Fact]
    public async Task Nuspec_Dependencies_AreThoseOfTheProject()
    {
        using var project = await EvaluateAsync();
        var items = project.RootElement.GetProperty("Items");
        var versions = items.GetProperty("PackageVersion").EnumerateArray().ToDictionary(item => Text(item, "Identity"), item => Text(item, "Version"), StringComparer.Ordinal);
        var expected = items.GetProperty("PackageReference").EnumerateArray()
            .Where(item => !(item.TryGetProperty("PrivateAssets", out var assets) && assets.GetString() == "all"))
            .Select(item => Text(item, "Identity"))
            .ToDictionary(id => id, id => versions[id], StringComparer.Ordinal);
        expected.Should().ContainKey("CsvHelper");

        var nuspec = XDocument.Load(Repository.PathOf("TradingBot.Core.nuspec"));
        var found = nuspec.Descendants().Where(element => element.Name.LocalName == "dependency")
            .ToDictionary(element => element.Attribute("id")!.Value, element => element.Attribute("version")!.Value, StringComparer.Ordinal);
        found.Should().Equal(expected);
    }

    [Fact]
    public async Task Packages_UsedByAProjectElsewhere_BuildAndRun()
    {
        var packages = _folder.CreateSubdirectory("packages").FullName;
        using var project = await EvaluateAsync();
        var version = TestVersion(Text(project.RootElement.GetProperty("Properties"), "Version"));
        var names = new List<string>();
        foreach (var path in Directory.EnumerateFiles(Repository.PathOf("src"), "*.csproj", SearchOption.AllDirectories).Order(StringComparer.Ordinal))
        {
            if (Path.GetFileNameWithoutExtension(path) == "TradingBot.CryptoExchange" && Text(project.RootElement.GetProperty("Properties"), "CryptoExchangeServed") != "true")
            {
                continue; // It is left out where no source serves what it needs.
            }

            names.Add(Path.GetFileNameWithoutExtension(path));
            await PackAsync(path, packages, version);
        }

        names.Should().Contain("TradingBot.Core");
        Entries(Path.Combine(packages, $"TradingBot.Core.{version}.nupkg"))
            .Should().BeEquivalentTo("TradingBot.Core.nuspec", "README.md", "LICENSE", "lib/net10.0/TradingBot.Core.dll", "lib/net10.0/TradingBot.Core.xml");
        Entries(Path.Combine(packages, $"TradingBot.Core.{version}.snupkg")).Should().BeEquivalentTo("TradingBot.Core.nuspec", "lib/net10.0/TradingBot.Core.pdb");

        var consumer = _folder.CreateSubdirectory("consumer").FullName;
        await File.WriteAllTextAsync(Path.Combine(consumer, "Program.cs"), Consumer);
        await File.WriteAllTextAsync(
            Path.Combine(consumer, "Consumer.csproj"),
            ConsumerProject(names, version, VersionOf(project, "Microsoft.Extensions.DependencyInjection.Abstractions"), [packages, Text(project.RootElement.GetProperty("Properties"), "OnnxRuntimeFeed")]));
        try
        {
            (await DotNetCommand.RunAsync(consumer, "run", "-c", "Release")).ReplaceLineEndings("\n").Should().Be(
                """
                timestamp,open,high,low,close,volume
                1704232800000,146,148,145,147,5
                1704236400000,147,149,146,148,5
                BTCUSDT 1h: 48 bars from 2024-01-01 00:00:00Z to 2024-01-03 00:00:00Z
                0.575
                Idle, forecast: True

                """.ReplaceLineEndings("\n"));
        }
        finally
        {
            await ForgetAsync(consumer, names, version);
        }
    }

    private static string VersionOf(JsonDocument project, string package) => Text(
        project.RootElement.GetProperty("Items").GetProperty("PackageVersion").EnumerateArray().Single(item => Text(item, "Identity") == package),
        "Version");

    public void Dispose() => _folder.Delete(recursive: true);

    private static async Task<JsonDocument> EvaluateAsync() => JsonDocument.Parse(await DotNetCommand.RunAsync(
        Repository.Root, "msbuild", CoreProject, "-getProperty:Version", "-getProperty:OnnxRuntimeFeed", "-getProperty:CryptoExchangeServed", "-getItem:PackageReference", "-getItem:PackageVersion"));

    // The run of the tests has built the projects that it needs; others are built here.
    private static async Task PackAsync(string project, string packages, string version)
    {
        var name = Path.GetFileNameWithoutExtension(project);
        var built = Path.Combine(Path.GetDirectoryName(project)!, "bin", Configuration, "net10.0", name + ".dll");
        string[] how = File.Exists(built) ? ["--no-build"] : [];
        await DotNetCommand.RunAsync(Repository.Root, ["pack", project, "-c", Configuration, "-o", packages, $"-p:PackageVersion={version}", .. how]);
    }

    // Above the version that the packages name as their dependency, and another one for other content, so that no cached package is taken for it.
    private static string TestVersion(string version)
    {
        var number = Version.Parse(version.Split('-')[0]);
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var path in Directory.EnumerateFiles(AppContext.BaseDirectory, "TradingBot.*.dll").Append(Repository.PathOf("TradingBot.Core.nuspec")).Order(StringComparer.Ordinal))
        {
            hash.AppendData(File.ReadAllBytes(path));
        }

        return $"{number.Major}.{number.Minor}.{number.Build + 1}-test.h{Convert.ToHexStringLower(hash.GetHashAndReset())[..16]}";
    }

    private static string[] Entries(string package)
    {
        using var archive = ZipFile.OpenRead(package);
        return [.. archive.Entries.Select(entry => entry.FullName).Where(name => name is not "[Content_Types].xml" && !name.StartsWith("_rels/", StringComparison.Ordinal) && !name.StartsWith("package/", StringComparison.Ordinal))];
    }

    private static string ConsumerProject(IEnumerable<string> names, string version, string dependencyInjection, IEnumerable<string> sources) => new XDocument(
        new XElement(
            "Project",
            new XAttribute("Sdk", "Microsoft.NET.Sdk"),
            new XElement(
                "PropertyGroup",
                new XElement("OutputType", "Exe"),
                new XElement("TargetFramework", "net10.0"),
                new XElement("Nullable", "enable"),
                new XElement("TreatWarningsAsErrors", "true"),
                new XElement("InvariantGlobalization", "true"),
                new XElement("NuGetAudit", "false"),
                new XElement("RestoreAdditionalProjectSources", string.Join(';', sources))),
            new XElement(
                "ItemGroup",
                new XElement(
                    "PackageReference",
                    new XAttribute("Include", "Microsoft.Extensions.DependencyInjection"),
                    new XAttribute("Version", dependencyInjection)),
                names.Select(name => new XElement("PackageReference", new XAttribute("Include", name), new XAttribute("Version", $"[{version}]")))))).ToString();

    // What was restored for the test alone does not stay in the user's package folder.
    private static async Task ForgetAsync(string consumer, IEnumerable<string> names, string version)
    {
        var assets = Path.Combine(consumer, "obj", "project.assets.json");
        if (!File.Exists(assets))
        {
            return;
        }

        using var restored = JsonDocument.Parse(await File.ReadAllTextAsync(assets));
        var restoredTo = restored.RootElement.GetProperty("packageFolders").EnumerateObject().First().Name;
        foreach (var folder in names.Select(name => Path.Combine(restoredTo, name.ToLowerInvariant(), version)).Where(Directory.Exists))
        {
            Directory.Delete(folder, recursive: true);
            if (Path.GetDirectoryName(folder) is { } package && !Directory.EnumerateFileSystemEntries(package).Any())
            {
                Directory.Delete(package);
            }
        }
    }

    private static string Text(JsonElement element, string name) => element.GetProperty(name).GetString()!;
}
