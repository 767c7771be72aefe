using System.Reflection;

namespace TradingBot.Tests.Shared;

/// <summary>Compares what an assembly offers with the text file that was approved, <c>PublicApi.txt</c> in its test project.</summary>
/// <remarks>To approve a change, run the test with the environment variable TRADINGBOT_APPROVE=1 and review the file's difference like code.</remarks>
internal static class PublicApiApproval
{
    public const string Variable = "TRADINGBOT_APPROVE";

    public static void Verify(Assembly assembly, string testProject)
    {
        var path = Repository.PathOf("tests", testProject, "PublicApi.txt");
        var found = PublicApiRenderer.Render(assembly);
        if (Environment.GetEnvironmentVariable(Variable) == "1")
        {
            File.WriteAllText(path, string.Concat(found.Select(line => line + "\n")));
            return;
        }

        var approved = File.Exists(path) ? File.ReadAllLines(path) : [];
        if (Difference(approved, found) is { } difference)
        {
            Assert.Fail($"The public surface of {assembly.GetName().Name} is not the approved one in {path}. If the change is meant, run this test with {Variable}=1 and review the file.\n{difference}");
        }
    }

    /// <summary>Lists the lines that left, with a minus, and those that came, with a plus; <see langword="null"/> when both are the same.</summary>
    public static string? Difference(IReadOnlyList<string> approved, IReadOnlyList<string> found)
    {
        if (approved.SequenceEqual(found, StringComparer.Ordinal))
        {
            return null;
        }

        var changes = approved.Except(found, StringComparer.Ordinal).Select(line => (Line: line, Sign: '-'))
            .Concat(found.Except(approved, StringComparer.Ordinal).Select(line => (Line: line, Sign: '+')))
            .OrderBy(change => change.Line, StringComparer.Ordinal)
            .Select(change => $"{change.Sign} {change.Line}")
            .ToArray();
        return changes.Length > 0 ? string.Join('\n', changes) : "The lines are the same, but not in ordinal order or not as often.";
    }
}
