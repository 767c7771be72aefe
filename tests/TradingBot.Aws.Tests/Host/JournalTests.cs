using TradingBot.Journal;
using TradingBot.Tests.Shared;
using TradingBot.Trading;

namespace TradingBot.Aws.Tests.Host;

/// <summary>The journal that the function keeps in S3, and its copy in a file.</summary>
[Collection(HostTests.Name)]
public sealed class JournalTests(PublishedHost host, S3.S3Service s3) : IClassFixture<S3.S3Service>, IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("tradingbot-journal-");

    private HostProgram Program => new(host, s3);

    public void Dispose() => _folder.Delete(recursive: true);

    [NpmFact]
    public async Task Invoke_JournalInS3_HoldsWhatWasDecidedAndDoneAndIsCopiedOnce()
    {
        if (PublishedHost.SkipReason is not null)
        {
            return;
        }

        await using var rig = await HostRig.StartAsync(host, environment =>
        {
            environment["TradingBot__Journal__Bucket"] = S3.S3Service.Bucket;
            foreach (var (name, value) in Program.Environment)
            {
                environment[name] = value.Length == 0 ? " " : value;
            }
        });
        var file = Path.Combine(_folder.FullName, "journal.db");

        var outcome = await rig.CycleAsync();
        var copied = await Program.RunAsync("journal", "s3://models/journal", "tradingbot", file);
        rig.Exchange.AdvanceBar();
        await rig.CycleAsync();
        var copiedMore = await Program.RunAsync("journal", "s3://models/journal", "tradingbot", file);
        var copiedAgain = await Program.RunAsync("journal", "s3://models/journal", "tradingbot", file);

        using var journal = new SqliteTradeJournal(file);
        var entries = journal.Read("tradingbot");
        entries.Take(3).Select(entry => entry.GetType()).Should().Equal(typeof(DecisionEntry), typeof(OrderEntry), typeof(CycleEntry));
        ((OrderEntry)entries[1]).Order.ClientOrderId.Should().Be(outcome.GetProperty("orders")[0].GetProperty("id").GetString());
        ((CycleEntry)entries[2]).Outcome.Should().Be(CycleOutcome.Ordered);
        entries.OfType<CycleEntry>().Should().HaveCount(2);
        entries.Select(JournalText.Write).Should().OnlyHaveUniqueItems();
        copied.Should().Be($"3 entries of 'tradingbot' copied from s3://models/journal/ to {file}.");
        copiedMore.Should().StartWith($"{entries.Count - 3} entries of ");
        copiedAgain.Should().StartWith("0 entries of ");
    }

    [HostFact]
    public async Task Start_JournalWithoutBucket_SaysWhatIsMissing()
    {
        await using var rig = await HostRig.StartAsync(host, environment => environment["TradingBot__Journal__Prefix"] = "here/");

        (await rig.ErrorAsync()).Message.Should().Be("'Journal__Bucket' is missing.");
    }

    [HostFact]
    public async Task Journal_NotALocation_SaysWhatIsExpected() =>
        (await Program.FailAsync("journal", "bucket", "btc", Path.Combine(_folder.FullName, "journal.db"))).Should().Be("Expected a location such as s3://bucket/prefix, found 'bucket'.");
}
