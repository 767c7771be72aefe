using System.Text.RegularExpressions;
using TradingBot.Tests.Shared;

namespace TradingBot.Core.Tests;

/// <summary>Code in the documentation is cut from samples that the build compiles and tests run; this keeps the two equal.</summary>
public sealed partial class DocumentationTests
{
    private static readonly string Root = Repository.Root;

    public static TheoryData<string> Documents()
    {
        var documents = new TheoryData<string>();
        foreach (var path in Directory.GetFiles(Path.Combine(Root, "docs"), "*.md").Prepend(Path.Combine(Root, "README.md")))
        {
            documents.Add(Path.GetRelativePath(Root, path));
        }

        return documents;
    }

    [Theory]
    [MemberData(nameof(Documents))]
    public void CodeBlocks_InADocument_AreThoseOfTheSamples(string document)
    {
        var path = Path.Combine(Root, document);
        var text = File.ReadAllText(path);
        var expected = Snippet().Replace(text, match =>
            $"<!-- snippet: {match.Groups["file"].Value}#{match.Groups["region"].Value} -->\n```csharp\n{Region(match.Groups["file"].Value, match.Groups["region"].Value)}\n```");
        if (Environment.GetEnvironmentVariable("TRADINGBOT_APPROVE") == "1")
        {
            File.WriteAllText(path, expected);
        }

        text.Should().Be(expected, "run TRADINGBOT_APPROVE=1 dotnet test to take over what the samples say");
        CodeBlock().Count(text).Should().Be(Snippet().Count(text), "every block of C# must name the sample that it is cut from");
    }

    [Fact]
    public void Readme_RelativeLinks_LeadSomewhere()
    {
        var links = Link().Matches(File.ReadAllText(Path.Combine(Root, "README.md"))).Select(match => match.Groups["target"].Value);

        links.Where(link => !link.StartsWith("http", StringComparison.Ordinal)).Should().NotBeEmpty()
            .And.OnlyContain(link => File.Exists(Path.Combine(Root, link)));
    }

    private static string Region(string file, string name)
    {
        var lines = File.ReadAllLines(Path.Combine(Root, file));
        var begin = Array.FindIndex(lines, line => line.Trim() == $"// <{name}>");
        var end = Array.FindIndex(lines, line => line.Trim() == $"// </{name}>");
        (begin >= 0 && end > begin).Should().BeTrue($"{file} must contain the region {name}");
        var region = lines[(begin + 1)..end];
        var indent = region.Where(line => line.Length > 0).Min(line => line.Length - line.TrimStart().Length);
        return string.Join('\n', region.Select(line => line.Length > indent ? line[indent..] : ""));
    }

    [GeneratedRegex(@"<!-- snippet: (?<file>[^#]+)#(?<region>[\w-]+) -->\n```csharp\n.*?```", RegexOptions.Singleline, matchTimeoutMilliseconds: 1_000)]
    private static partial Regex Snippet();

    [GeneratedRegex("```csharp", RegexOptions.None, matchTimeoutMilliseconds: 1_000)]
    private static partial Regex CodeBlock();

    [GeneratedRegex(@"\]\((?<target>[^)#]+)(#[^)]*)?\)", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1_000)]
    private static partial Regex Link();
}
