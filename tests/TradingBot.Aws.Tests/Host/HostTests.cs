namespace TradingBot.Aws.Tests.Host;

/// <summary>Tests of the published program run one after another: their processes would take the processors from one another.</summary>
[CollectionDefinition(Name)]
public sealed class HostTests : ICollectionFixture<PublishedHost>
{
    public const string Name = "Host";
}
