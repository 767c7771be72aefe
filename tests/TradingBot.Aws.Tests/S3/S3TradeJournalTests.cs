using System.Net;
using System.Text;
using Amazon.S3;
using Amazon.S3.Model;
using Microsoft.Extensions.DependencyInjection;
using NSubstitute;
using TradingBot.Aws.S3;
using TradingBot.Journal;
using TradingBot.Market;
using TradingBot.Tests.Shared;
using TradingBot.Trading;

namespace TradingBot.Aws.Tests.S3;

public sealed class S3TradeJournalTests(S3Service service) : IClassFixture<S3Service>
{
    private static readonly DateTimeOffset Start = new(2026, 3, 1, 23, 59, 59, 500, TimeSpan.Zero);

    [NpmFact]
    public async Task ReadAsync_EntriesOfManyTimes_AreInTheirOrderByWhomeverTheyWereWritten()
    {
        var (one, other) = (Journal("a/"), Journal("a/"));
        for (var i = 0; i < 6; i++)
        {
            await (i % 2 == 0 ? one : other).AppendAsync(Cycle("btc 1h/ä", i));
        }

        await one.AppendAsync(Cycle("eth", 0));

        (await Journal("a/").ReadAsync("btc 1h/ä")).Should().Equal(Enumerable.Range(0, 6).Select(i => Cycle("btc 1h/ä", i)));
        (await Journal("a/").ReadAsync("eth")).Should().Equal(Cycle("eth", 0));
        (await Journal("a/").ReadAsync("nobody")).Should().BeEmpty();
        (await Journal("b/").ReadAsync("eth")).Should().BeEmpty();
    }

    [NpmFact]
    public async Task ReadAsync_ManyOfOneMillisecond_AreInTheOrderOfWriting()
    {
        var journal = Journal("c/");
        for (var i = 0; i < 12; i++)
        {
            await journal.AppendAsync(Cycle("btc", 0) with { Reason = $"number {i}" });
        }

        (await journal.ReadAsync("btc")).Cast<CycleEntry>().Select(entry => entry.Reason).Should().Equal(Enumerable.Range(0, 12).Select(i => $"number {i}"));
    }

    [NpmFact]
    public async Task ReadAsync_FromAndTo_TakesTheFirstAndLeavesTheLast()
    {
        var journal = Journal("d/");
        for (var i = 0; i < 5; i++)
        {
            await journal.AppendAsync(Cycle("btc", i));
        }

        (await journal.ReadAsync("btc", Time(1), Time(4))).Should().Equal(Cycle("btc", 1), Cycle("btc", 2), Cycle("btc", 3));
        (await journal.ReadAsync("btc", to: Time(1))).Should().Equal(Cycle("btc", 0));
        (await journal.ReadAsync("btc", from: Time(4))).Should().Equal(Cycle("btc", 4));
    }

    [NpmFact]
    public async Task ReadAsync_SomethingElseThere_SaysWhichObject()
    {
        await service.PutAsync("e/btc/2026-03-02/x.json", Encoding.UTF8.GetBytes("not json"));

        await Journal("e/").Invoking(journal => journal.ReadAsync("btc")).Should().ThrowAsync<InvalidDataException>()
            .WithMessage("s3://models/e/btc/2026-03-02/x.json is not an entry of a journal. *");
    }

    [NpmFact]
    public async Task AppendAsync_AccessDenied_IsAnError() =>
        await new S3TradeJournal(S3Service.Bucket, "", () => service.CreateClient("STRANGER"))
            .Invoking(journal => journal.AppendAsync(Cycle("btc", 0))).Should().ThrowAsync<IOException>()
            .WithMessage("The journal cannot be written to s3://models/btc/2026-03-01/*: *");

    [NpmFact]
    public async Task ReadAsync_NoSuchBucket_IsAnError() =>
        await new S3TradeJournal("elsewhere", "", () => service.CreateClient())
            .Invoking(journal => journal.ReadAsync("btc")).Should().ThrowAsync<IOException>().WithMessage("The journal cannot be read from s3://elsewhere/btc/: *");

    [Fact]
    public async Task AppendAsync_KeyTakenByAnotherProcess_UsesTheNextAndWritesOverNothing()
    {
        using var client = Substitute.For<IAmazonS3>();
        client.Config.Returns(new AmazonS3Config { ServiceURL = "https://s3.example" });
        var written = new List<PutObjectRequest>();
        client.PutObjectAsync(Arg.Do<PutObjectRequest>(written.Add), Arg.Any<CancellationToken>()).Returns(
            _ => Task.FromException<PutObjectResponse>(new AmazonS3Exception("taken") { StatusCode = HttpStatusCode.PreconditionFailed }),
            _ => Task.FromResult(new PutObjectResponse()));

        await new S3TradeJournal("bucket", "p/", () => client).AppendAsync(Cycle("btc", 0));

        written.Select(request => request.Key).Should().Equal("p/btc/2026-03-01/001772409599500-000.json", "p/btc/2026-03-01/001772409599500-001.json");
        written.Should().OnlyContain(request => request.IfNoneMatch == "*");
        JournalText.Read(written[1].ContentBody).Should().Be(Cycle("btc", 0));
    }

    [Fact]
    public void KeepJournalInS3_OnABot_RegistersTheJournal()
    {
        var services = new ServiceCollection();
        services.AddTradingBot(options => (options.Symbol, options.Interval) = ("BTCUSDT", Interval.OneHour)).KeepJournalInS3("bucket");
        using var provider = services.BuildServiceProvider();

        provider.GetRequiredService<ITradeJournal>().Should().BeOfType<S3TradeJournal>();
    }

    private static DateTimeOffset Time(int number) => Start.AddMilliseconds(400 * number);

    private static CycleEntry Cycle(string bot, int number) => new()
    {
        Time = Time(number),
        BotId = bot,
        Symbol = Symbol.Parse("BTCUSDT"),
        BarOpenTime = Start.AddHours(-1),
        Outcome = CycleOutcome.Idle,
    };

    private S3TradeJournal Journal(string prefix) => new(S3Service.Bucket, prefix, () => service.CreateClient());
}
