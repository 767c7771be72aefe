using System.Reflection;

namespace TradingBot.Tests.Shared;

/// <summary>Writes types as C# does, without nullability of references.</summary>
internal static class TypeNames
{
    private static readonly Dictionary<Type, string> Keywords = new()
    {
        [typeof(void)] = "void",
        [typeof(object)] = "object",
        [typeof(string)] = "string",
        [typeof(bool)] = "bool",
        [typeof(char)] = "char",
        [typeof(byte)] = "byte",
        [typeof(sbyte)] = "sbyte",
        [typeof(short)] = "short",
        [typeof(ushort)] = "ushort",
        [typeof(int)] = "int",
        [typeof(uint)] = "uint",
        [typeof(long)] = "long",
        [typeof(ulong)] = "ulong",
        [typeof(float)] = "float",
        [typeof(double)] = "double",
        [typeof(decimal)] = "decimal",
    };

    public static string Of(Type type)
    {
        if (Keywords.TryGetValue(type, out var keyword))
        {
            return keyword;
        }

        if (type.IsByRef)
        {
            return $"ref {Of(type.GetElementType()!)}";
        }

        if (type.IsArray)
        {
            return $"{Of(type.GetElementType()!)}[{new string(',', type.GetArrayRank() - 1)}]";
        }

        if (type.IsGenericParameter)
        {
            return type.Name;
        }

        if (Nullable.GetUnderlyingType(type) is { } underlying)
        {
            return $"{Of(underlying)}?";
        }

        return Named(type, type.GetGenericArguments());
    }

    /// <summary>Writes the constraints of a type parameter, each after a blank; nothing if there are none.</summary>
    public static string ConstraintsOf(Type parameter)
    {
        var attributes = parameter.GenericParameterAttributes;
        var constraints = parameter.GetGenericParameterConstraints().Where(type => type != typeof(ValueType)).Select(Of).ToList();
        if (attributes.HasFlag(GenericParameterAttributes.ReferenceTypeConstraint))
        {
            constraints.Insert(0, "class");
        }

        if (attributes.HasFlag(GenericParameterAttributes.NotNullableValueTypeConstraint))
        {
            constraints.Insert(0, "struct");
        }
        else if (attributes.HasFlag(GenericParameterAttributes.DefaultConstructorConstraint))
        {
            constraints.Add("new()");
        }

        return constraints.Count == 0 ? "" : $" where {parameter.Name} : {string.Join(", ", constraints)}";
    }

    private static string Named(Type type, ReadOnlySpan<Type> arguments)
    {
        var name = type.Name.Split('`')[0];
        var outer = type.DeclaringType is { } parent ? parent.GetGenericArguments().Length : 0;
        var own = arguments.Length > outer ? $"<{string.Join(", ", arguments[outer..].ToArray().Select(Of))}>" : "";
        var prefix = type.DeclaringType is { } declaring ? Named(declaring, arguments[..outer]) : type.Namespace;
        return prefix is null ? $"{name}{own}" : $"{prefix}.{name}{own}";
    }
}
