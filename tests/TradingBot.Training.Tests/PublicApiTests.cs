using System.Reflection;
using TradingBot.Tests.Shared;

namespace TradingBot.Training.Tests;

public sealed class PublicApiTests
{
    private static readonly Assembly Training = typeof(Trainer).Assembly;

    [Fact]
    public void Surface_OfTraining_IsTheApprovedOne() => PublicApiApproval.Verify(Training, "TradingBot.Training.Tests");

    [Fact]
    public void Types_OfTraining_LiveInTheFolderOfTheirNamespace() => SourceLayout.Misplaced(Training, "TradingBot.Training").Should().BeEmpty();
}
