using System.Reflection;

namespace TradingBot.Tests.Shared;

/// <summary>Checks that a public type stands in a file of its own name, in the folder that its namespace names.</summary>
internal static class SourceLayout
{
    /// <summary>Lists the types that do not, with the file that was expected.</summary>
    /// <param name="assembly">The project's assembly.</param>
    /// <param name="rootNamespace">The namespace of the project's own folder.</param>
    public static IReadOnlyList<string> Misplaced(Assembly assembly, string rootNamespace)
    {
        var project = Repository.PathOf("src", assembly.GetName().Name!);
        return [.. assembly.GetExportedTypes().Where(type => !type.IsNested).Select(type => (type, File: FileOf(type, project, rootNamespace)))
            .Where(place => !File.Exists(place.File)).Select(place => $"{place.type.FullName}: expected {place.File}")];
    }

    private static string FileOf(Type type, string project, string rootNamespace)
    {
        var name = type.Name.Split('`')[0] + ".cs";

        // By custom, registration methods live in the container's namespace, so that they are found where the container is used.
        if (type.Namespace == "Microsoft.Extensions.DependencyInjection" || type.Namespace == rootNamespace)
        {
            return Path.Combine(project, name);
        }

        return type.Namespace?.StartsWith(rootNamespace + ".", StringComparison.Ordinal) == true
            ? Path.Combine(project, type.Namespace[(rootNamespace.Length + 1)..].Replace('.', Path.DirectorySeparatorChar), name)
            : Path.Combine(project, $"(a folder for namespace {type.Namespace})", name);
    }
}
