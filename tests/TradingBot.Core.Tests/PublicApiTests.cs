using System.Reflection;
using TradingBot.Market;
using TradingBot.Prediction;
using TradingBot.Strategies;
using TradingBot.Tests.Shared;
using TradingBot.Trading;

namespace TradingBot.Core.Tests;

public sealed class PublicApiTests
{
    private static readonly Assembly Core = typeof(Bar).Assembly;

    [Fact]
    public void Surface_OfTheCore_IsTheApprovedOne() => PublicApiApproval.Verify(Core, "TradingBot.Core.Tests");

    [Fact]
    public void Types_OfTheCore_LiveInTheFolderOfTheirNamespace() => SourceLayout.Misplaced(Core, "TradingBot").Should().BeEmpty();

    [Fact]
    public void Contracts_Reached_NameNoExchangeNoOnnxAndNoThirdParty()
    {
        var reached = Reached(typeof(IFetcher), typeof(IOrderer), typeof(IPredictor), typeof(IStrategy), typeof(IModelLoader));
        reached.Should().Contain([typeof(BarSeries), typeof(OrderRequest), typeof(OrderStatus), typeof(ModelCard), typeof(StrategyContext)]);

        string[] folders = ["TradingBot.Market", "TradingBot.Prediction", "TradingBot.Strategies", "TradingBot.Trading"];
        reached.Where(type => type.Assembly == Core ? !folders.Contains(type.Namespace) : !IsOfTheRuntime(type)).Should().BeEmpty();
        reached.Where(type => type.Assembly == Core).SelectMany(type => type.GetMembers().Select(member => $"{type.Name}.{member.Name}"))
            .Where(name => name.Contains("Binance", StringComparison.OrdinalIgnoreCase) || name.Contains("Onnx", StringComparison.OrdinalIgnoreCase)).Should().BeEmpty();
    }

    [Fact]
    public void Difference_LinesLeftAndCame_ListsBothWithTheirSign()
    {
        PublicApiApproval.Difference(["A.x", "B", "C"], ["A.y", "B", "C", "D"]).Should().Be("- A.x\n+ A.y\n+ D");
        PublicApiApproval.Difference(["A", "B"], ["A", "B"]).Should().BeNull();
        PublicApiApproval.Difference(["B", "A"], ["A", "B"]).Should().NotBeNull();
    }

    private static bool IsOfTheRuntime(Type type) => Path.GetDirectoryName(type.Assembly.Location) == Path.GetDirectoryName(typeof(object).Assembly.Location);

    private static HashSet<Type> Reached(params Type[] starts)
    {
        var reached = new HashSet<Type>();
        var open = new Stack<Type>(starts);
        while (open.TryPop(out var type))
        {
            if (type.HasElementType)
            {
                open.Push(type.GetElementType()!);
                continue;
            }

            if (type.IsGenericParameter || !reached.Add(type))
            {
                continue;
            }

            foreach (var argument in type.GetGenericArguments())
            {
                open.Push(argument);
            }

            // What the runtime's own types are made of is no concern here.
            foreach (var next in type.Assembly == Core ? Named(type) : [])
            {
                open.Push(next);
            }
        }

        return reached;
    }

    private static IEnumerable<Type> Named(Type type) =>
        type.GetMethods().Where(method => method.DeclaringType?.Assembly == Core).SelectMany(method => method.GetParameters().Select(parameter => parameter.ParameterType).Append(method.ReturnType))
            .Concat(type.GetConstructors().SelectMany(constructor => constructor.GetParameters()).Select(parameter => parameter.ParameterType))
            .Concat(type.GetFields().Select(field => field.FieldType))
            .Concat(type.GetInterfaces())
            .Concat(type.GetNestedTypes())
            .Concat(type.BaseType is { } parent ? [parent] : []);
}
