using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Reflection;
using System.Runtime.CompilerServices;

namespace TradingBot.Tests.Shared;

/// <summary>Writes down what an assembly offers to its users: one line per type and per member, in ordinal order.</summary>
internal static class PublicApiRenderer
{
    private const BindingFlags Declared = BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;

    /// <summary>Renders the surface.</summary>
    public static IReadOnlyList<string> Render(Assembly assembly) =>
        [.. assembly.GetExportedTypes().SelectMany(type => Members(type).Prepend(TypeLine(type))).Order(StringComparer.Ordinal)];

    private static string TypeLine(Type type)
    {
        // The compiler marks every ref struct as obsolete, for compilers that do not know them.
        var obsolete = type.IsDefined(typeof(ObsoleteAttribute)) && !type.IsByRefLike ? "obsolete " : "";
        var line = $"{TypeNames.Of(type)} ({obsolete}{Kind(type)})";
        return Bases(type) is { Length: > 0 } bases ? $"{line} : {string.Join(", ", bases)}" : line;
    }

    private static string Kind(Type type)
    {
        if (type.IsEnum)
        {
            return $"enum of {TypeNames.Of(Enum.GetUnderlyingType(type))}" + (type.IsDefined(typeof(FlagsAttribute)) ? ", flags" : "");
        }

        if (typeof(Delegate).IsAssignableFrom(type))
        {
            return "delegate";
        }

        if (type.IsInterface)
        {
            return "interface";
        }

        var record = type.GetMethod("PrintMembers", Declared) is null ? "" : "record ";
        if (type.IsValueType)
        {
            return (type.IsDefined(typeof(IsReadOnlyAttribute)) ? "readonly " : "") + (type.IsByRefLike ? "ref " : "") + record + "struct";
        }

        var modifier = type.IsAbstract && type.IsSealed ? "static " : type.IsAbstract ? "abstract " : type.IsSealed ? "sealed " : "";
        return modifier + record + "class";
    }

    private static string[] Bases(Type type)
    {
        if (type.IsEnum || typeof(Delegate).IsAssignableFrom(type))
        {
            return [];
        }

        var inherited = (type.BaseType?.GetInterfaces() ?? []).Concat(type.GetInterfaces().SelectMany(parent => parent.GetInterfaces())).ToHashSet();
        var interfaces = type.GetInterfaces().Where(parent => parent.IsVisible && !inherited.Contains(parent)).Select(TypeNames.Of).Order(StringComparer.Ordinal);
        return type.BaseType is { } parent && parent != typeof(object) && parent != typeof(ValueType)
            ? [TypeNames.Of(parent), .. interfaces]
            : [.. interfaces];
    }

    private static IEnumerable<string> Members(Type type)
    {
        var name = TypeNames.Of(type);
        if (type.IsEnum)
        {
            return Enum.GetNames(type).Select(value => $"{name}.{value} = {Convert.ToInt64(Enum.Parse(type, value), CultureInfo.InvariantCulture)}");
        }

        if (typeof(Delegate).IsAssignableFrom(type))
        {
            return [$"{name}.{MethodLine(type.GetMethod("Invoke")!)}"];
        }

        return type.GetConstructors(Declared).Where(IsOffered).Where(constructor => !IsRecordCopy(type, constructor)).Select(ConstructorLine)
            .Concat(type.GetFields(Declared).Where(field => !field.IsSpecialName && IsOffered(field)).Select(FieldLine))
            .Concat(type.GetProperties(Declared).Where(property => Accessors(property).Any(IsOffered)).Select(PropertyLine))
            .Concat(type.GetEvents(Declared).Where(item => IsOffered(item.AddMethod!)).Select(item => $"{Modifiers(item.AddMethod!)}event {item.Name} : {TypeNames.Of(item.EventHandlerType!)}"))
            .Concat(type.GetMethods(Declared).Where(IsWritten).Select(MethodLine))
            .Select(member => $"{name}.{member}");
    }

    private static string ConstructorLine(ConstructorInfo constructor) => $"{Protected(constructor)}new({Parameters(constructor)})";

    private static string FieldLine(FieldInfo field)
    {
        var modifier = field.IsLiteral ? "const " : (field.IsStatic ? "static " : "") + (field.IsInitOnly ? "readonly " : "");
        var value = field.IsLiteral ? $" = {Value(field.GetRawConstantValue())}" : "";
        return $"{(field.IsPublic ? "" : "protected ")}{modifier}{field.Name} : {TypeNames.Of(field.FieldType)}{value}";
    }

    private static string PropertyLine(PropertyInfo property)
    {
        var first = Accessors(property).First(IsOffered);
        var required = property.IsDefined(typeof(RequiredMemberAttribute)) ? "required " : "";
        var index = property.GetIndexParameters() is { Length: > 0 } parameters ? $"[{string.Join(", ", parameters.Select(Parameter))}]" : "";
        var getter = property.GetMethod is { } get && IsOffered(get) ? " get;" : "";
        var setter = property.SetMethod is { } set && IsOffered(set)
            ? $" {(IsProtected(set) && !IsProtected(first) ? "protected " : "")}{(IsInit(set) ? "init" : "set")};"
            : "";
        return $"{Modifiers(first)}{required}{property.Name}{index} {{{getter}{setter} }} : {TypeNames.Of(property.PropertyType)}";
    }

    private static string MethodLine(MethodInfo method)
    {
        var generic = method.IsGenericMethod ? $"<{string.Join(", ", method.GetGenericArguments().Select(TypeNames.Of))}>" : "";
        var extension = method.IsDefined(typeof(ExtensionAttribute)) ? "this " : "";
        var constraints = method.IsGenericMethod ? string.Concat(method.GetGenericArguments().Select(TypeNames.ConstraintsOf)) : "";
        return $"{Modifiers(method)}{method.Name}{generic}({extension}{Parameters(method)}) : {TypeNames.Of(method.ReturnType)}{constraints}";
    }

    private static string Modifiers(MethodInfo method)
    {
        var modifier = method.IsStatic ? "static "
            : method.DeclaringType!.IsInterface ? (method.IsAbstract ? "" : "virtual ")
            : method.GetBaseDefinition() != method ? "override "
            : method.IsAbstract ? "abstract "
            : method.IsVirtual && !method.IsFinal ? "virtual "
            : "";
        return Protected(method) + modifier;
    }

    private static string Parameters(MethodBase method) => string.Join(", ", method.GetParameters().Select(Parameter));

    private static string Parameter(ParameterInfo parameter)
    {
        var modifier = parameter.IsOut ? "out " : parameter.IsIn ? "in " : parameter.ParameterType.IsByRef ? "ref " : "";
        var isParams = parameter.IsDefined(typeof(ParamArrayAttribute)) || parameter.IsDefined(typeof(ParamCollectionAttribute)) ? "params " : "";
        var type = parameter.ParameterType.IsByRef ? parameter.ParameterType.GetElementType()! : parameter.ParameterType;
        var value = parameter.HasDefaultValue ? $" = {Default(parameter)}" : "";
        return $"{isParams}{modifier}{TypeNames.Of(type)} {parameter.Name}{value}";
    }

    private static string Default(ParameterInfo parameter) =>
        parameter.DefaultValue is null ? (parameter.ParameterType.IsValueType && Nullable.GetUnderlyingType(parameter.ParameterType) is null ? "default" : "null")
        : parameter.ParameterType.IsEnum ? $"{TypeNames.Of(parameter.ParameterType)}.{Enum.ToObject(parameter.ParameterType, parameter.DefaultValue)}"
        : Value(parameter.DefaultValue);

    private static string Value(object? value) => value switch
    {
        null => "null",
        string text => $"\"{text}\"",
        bool flag => flag ? "true" : "false",
        _ => Convert.ToString(value, CultureInfo.InvariantCulture)!,
    };

    // What the compiler writes for a record is said by the word 'record'; taking one apart is part of its positions.
    private static bool IsWritten(MethodInfo method) =>
        IsOffered(method)
        && (!method.IsSpecialName || method.Name.StartsWith("op_", StringComparison.Ordinal))
        && (!method.IsDefined(typeof(CompilerGeneratedAttribute)) || method.Name == "Deconstruct");

    private static bool IsRecordCopy(Type type, ConstructorInfo constructor) =>
        constructor.IsDefined(typeof(CompilerGeneratedAttribute)) && constructor.GetParameters() is [{ } only] && only.ParameterType == type;

    private static bool IsOffered(MethodBase method) => method.IsPublic || (IsProtected(method) && IsOpen(method.DeclaringType!));

    private static bool IsOffered(FieldInfo field) => field.IsPublic || ((field.IsFamily || field.IsFamilyOrAssembly) && IsOpen(field.DeclaringType!));

    private static bool IsProtected(MethodBase method) => method.IsFamily || method.IsFamilyOrAssembly;

    private static bool IsOpen(Type type) => !type.IsSealed;

    private static string Protected(MethodBase method) => IsProtected(method) ? "protected " : "";

    private static bool IsInit(MethodInfo setter) => setter.ReturnParameter.GetRequiredCustomModifiers().Contains(typeof(IsExternalInit));

    [SuppressMessage("Performance", "CA1859:Use concrete types when possible for improved performance", Justification = "Two accessors at most.")]
    private static IEnumerable<MethodInfo> Accessors(PropertyInfo property) =>
        new[] { property.GetMethod, property.SetMethod }.OfType<MethodInfo>().Where(accessor => property.Name != "EqualityContract");
}
