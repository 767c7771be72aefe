using TradingBot.Optimization.Ledger;
using TradingBot.Optimization.Parameters;
using TradingBot.Statistics;
using TradingBot.Testing;

namespace TradingBot.Optimization.Tests.Ledger;

public sealed class TrialLedgerTests
{
    private static readonly TrialKey Key = new()
    {
        Strategy = "crossover",
        DataHash = "data",
        From = SampleSearch.Start,
        To = SampleSearch.Start.AddDays(1),
        OptionsHash = "options",
        Parameters = new ParameterSet([KeyValuePair.Create("fast", new ParameterValue(3))]),
    };

    private static readonly TrialOutcome Outcome = new()
    {
        TotalReturn = 0.25,
        MaxDrawdown = 0.1,
        Sharpe = 1.5,
        TradeCount = 7,
        Blocks = ReturnMoments.OfBlocks([0.01, -0.02, 0.03, 0.5], 2),
    };

    [Fact]
    public void Record_ThenOpenedAgain_IsReadBack()
    {
        using var folder = new TemporaryFolder();
        var time = new ManualTimeProvider(SampleSearch.Start);
        using (var ledger = TrialLedger.Open(folder.File("new/trials.db"), time))
        {
            ledger.Record(Key, Outcome).Should().BeTrue();
            time.Advance(TimeSpan.FromHours(1));
            ledger.Record(Key, Outcome with { TotalReturn = 9 }).Should().BeFalse("a trial is kept once");
        }

        using var again = TrialLedger.Open(folder.File("new/trials.db"), time);
        var record = again.Find(Key)!;
        record.Should().BeEquivalentTo(new TrialRecord("fast=3", Outcome, SampleSearch.Start));
        record.Outcome.Moments.Should().Be(ReturnMoments.Join([.. Outcome.Blocks!]));
        again.CountTrials("crossover", "data").Should().Be(1);
    }

    [Fact]
    public void Add_AnotherLedger_TakesWhatIsNewAndLeavesTheOther()
    {
        using var folder = new TemporaryFolder();
        var time = new ManualTimeProvider(SampleSearch.Start);
        using (var other = TrialLedger.Open(folder.File("other.db"), time))
        {
            other.Record(Key, Outcome with { TotalReturn = 9 });
            other.Record(Key with { OptionsHash = "others" }, Outcome with { Refusal = "costs too much" });
            other.Record(Key with { Strategy = "another" }, new TrialOutcome { TotalReturn = 0.5 });
        }

        using var ledger = TrialLedger.Open(folder.File("trials.db"), time);
        ledger.Record(Key, Outcome);

        ledger.Add(folder.File("other.db")).Should().Be(2);
        ledger.Add(folder.File("other.db")).Should().Be(0);

        ledger.Find(Key)!.Outcome.TotalReturn.Should().Be(0.25, "what was recorded first stays");
        ledger.Find(Key with { OptionsHash = "others" })!.Should().BeEquivalentTo(new TrialRecord("fast=3", Outcome with { Refusal = "costs too much" }, SampleSearch.Start));
        ledger.Find(Key with { Strategy = "another" })!.Outcome.Should().Be(new TrialOutcome { TotalReturn = 0.5 });
        using var again = TrialLedger.Open(folder.File("other.db"));
        again.Find(Key)!.Outcome.TotalReturn.Should().Be(9);
    }

    [Fact]
    public void Add_NoLedger_IsRefused()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder.File("text"), new string('x', 1_000));
        using var ledger = TrialLedger.InMemory();

        ledger.Invoking(one => one.Add(folder.File("missing.db"))).Should().Throw<FileNotFoundException>().WithMessage("*missing.db does not exist.");
        ledger.Invoking(one => one.Add(folder.File("text"))).Should().Throw<InvalidDataException>().WithMessage("*is not a trial ledger.");
    }

    [Fact]
    public void Record_NothingComputable_IsReadBackAsNull()
    {
        using var ledger = TrialLedger.InMemory();
        ledger.Record(Key, new TrialOutcome { Refusal = "costs too much" });

        ledger.Find(Key)!.Outcome.Should().Be(new TrialOutcome { Refusal = "costs too much" });
        ledger.CountTrials("crossover", "data").Should().Be(0, "a refused trial found nothing out");
    }

    [Fact]
    public void CountTrials_OtherPartsAndOptions_CountOtherStrategiesAndDataDoNot()
    {
        using var ledger = TrialLedger.InMemory();
        TrialKey[] keys =
        [
            Key,
            Key with { Parameters = new ParameterSet([KeyValuePair.Create("fast", new ParameterValue(4))]) },
            Key with { OptionsHash = "others" },
            Key with { From = Key.From.AddHours(1) },
            Key with { To = Key.To.AddHours(1) },
            Key with { Strategy = "another" },
            Key with { DataHash = "another" },
        ];
        keys.Should().AllSatisfy(key => ledger.Find(key).Should().BeNull());
        keys.Should().AllSatisfy(key => ledger.Record(key, Outcome).Should().BeTrue());

        ledger.CountTrials("crossover", "data").Should().Be(5);
        ledger.GetTrials("crossover", "data", Key.From, Key.To).Select(trial => trial.Parameters).Should().BeEquivalentTo("fast=3", "fast=4", "fast=3");
        ledger.GetTrials("nobody", "data", Key.From, Key.To).Should().BeEmpty();
    }

    [Fact]
    public void Open_TwiceAtOnce_BothWrite()
    {
        using var folder = new TemporaryFolder();
        using var first = TrialLedger.Open(folder.File("trials.db"));
        using var second = TrialLedger.Open(folder.File("trials.db"));
        Parallel.For(0, 200, i => (i % 2 == 0 ? first : second).Record(Key with { OptionsHash = $"{i / 4}" }, Outcome));

        first.CountTrials("crossover", "data").Should().Be(50);
        second.CountTrials("crossover", "data").Should().Be(50);
    }

    [Fact]
    public void Open_SomethingElse_SaysSo()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder.File("text.db"), new string('x', 5_000));
        FluentActions.Invoking(() => TrialLedger.Open(folder.File("text.db"))).Should().Throw<InvalidDataException>().WithMessage("The file * is not a trial ledger.");
    }

    [Theory]
    [InlineData("CREATE TABLE other (id)", "The file * is a database, but not a trial ledger.")]
    [InlineData("PRAGMA application_id = 7", "The file * is a database, but not a trial ledger.")]
    [InlineData("PRAGMA application_id = 1413641324; PRAGMA user_version = 2", "The trial ledger * has version 2; expected 1.")]
    public void Open_AnotherDatabase_SaysSo(string made, string message)
    {
        using var folder = new TemporaryFolder();
        SQLitePCL.Batteries_V2.Init();
        using (var connection = new Microsoft.Data.Sqlite.SqliteConnection($"Data Source={folder.File("other.db")};Pooling=False"))
        {
            connection.Open();
            using var command = connection.CreateCommand();
#pragma warning disable CA2100 // The commands are those of the test cases above.
            command.CommandText = made;
#pragma warning restore CA2100
            command.ExecuteNonQuery();
        }

        FluentActions.Invoking(() => TrialLedger.Open(folder.File("other.db"))).Should().Throw<InvalidDataException>().WithMessage(message);
    }
}
