using TradingBot.Strategies;
using TradingBot.Trading;

namespace TradingBot.Core.Tests.Trading;

public sealed class FileRiskStoreTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("risk-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task LoadAsync_AfterARestart_GivesWhatWasSaved()
    {
        var state = new RiskState
        {
            Day = new DateOnly(2026, 3, 1),
            DayStartEquity = 10_000.00000001m,
            LastEquity = 8_999.5m,
            PeakEquity = 11_000m,
            Tripped = RiskLimit.DailyLoss,
            TrippedAt = new DateTimeOffset(2026, 3, 1, 5, 0, 0, TimeSpan.Zero),
            Intent = new CycleIntent
            {
                BarOpenTime = new DateTimeOffset(2026, 3, 1, 4, 0, 0, TimeSpan.Zero),
                Action = DecisionAction.Short,
                Reason = "turned",
                ExitQuantity = -0.012m,
                EntryQuantity = -0.0130m,
                EntryPrice = 60_000.1m,
            },
            Expected = new AccountExpectation { Quantity = 0.012m, Balance = 9_000.00000001m },
        };
        await new FileRiskStore(_folder).SaveAsync("a/b", state);

        (await new FileRiskStore(_folder).LoadAsync("a/b")).Should().Be(state);
    }

    [Fact]
    public async Task LoadAsync_FileOfAnEarlierVersion_IsRead()
    {
        var store = new FileRiskStore(_folder);
        await store.SaveAsync("bot", RiskState.Initial);
        await File.WriteAllTextAsync(Directory.GetFiles(_folder).Single(), """{"PeakEquity":11000,"DayStartEquity":10000,"LastEquity":9000,"Day":"2026-03-01","Tripped":1,"TrippedAt":"2026-03-01T05:00:00+00:00"}""");

        var state = await store.LoadAsync("bot");

        state.Should().Be(new RiskState
        {
            PeakEquity = 11_000,
            DayStartEquity = 10_000,
            LastEquity = 9_000,
            Day = new DateOnly(2026, 3, 1),
            Tripped = RiskLimit.DailyLoss,
            TrippedAt = new DateTimeOffset(2026, 3, 1, 5, 0, 0, TimeSpan.Zero),
        });
    }

    [Fact]
    public async Task LoadAsync_NothingSaved_IsInitial() =>
        (await new FileRiskStore(_folder).LoadAsync("bot")).Should().Be(RiskState.Initial);

    [Fact]
    public async Task LoadAsync_TwoBots_AreKeptApart()
    {
        var store = new FileRiskStore(_folder);
        await store.SaveAsync("a", new RiskState { PeakEquity = 1 });
        await store.SaveAsync("A", new RiskState { PeakEquity = 2 });

        (await store.LoadAsync("a")).PeakEquity.Should().Be(1);
    }

    [Fact]
    public async Task LoadAsync_BrokenFile_FailsInsteadOfForgettingALimit()
    {
        var store = new FileRiskStore(_folder);
        await store.SaveAsync("bot", new RiskState { Tripped = RiskLimit.Drawdown });
        var file = Directory.GetFiles(_folder).Single();
        await File.WriteAllTextAsync(file, (await File.ReadAllTextAsync(file))[..20]);

        await store.Invoking(s => s.LoadAsync("bot")).Should().ThrowAsync<IOException>().WithMessage($"{file} does not hold the state of the limits*");
    }
}
