using System.Text;
using Microsoft.Extensions.DependencyInjection;
using TradingBot.Aws.S3;
using TradingBot.Market;
using TradingBot.Tests.Shared;
using TradingBot.Trading;

namespace TradingBot.Aws.Tests.S3;

public sealed class S3RiskStoreTests(S3Service service) : IClassFixture<S3Service>
{
    private static readonly RiskState Tripped = new()
    {
        PeakEquity = 10_000.12345678m,
        DayStartEquity = 9_000,
        LastEquity = 8_000.5m,
        Day = new DateOnly(2026, 3, 2),
        Tripped = RiskLimit.Drawdown,
        TrippedAt = new DateTimeOffset(2026, 3, 2, 12, 0, 0, TimeSpan.Zero),
    };

    [NpmFact]
    public async Task LoadAsync_NothingSaved_IsTheInitialState() => (await Store("a/").LoadAsync("btc")).Should().Be(RiskState.Initial);

    [NpmFact]
    public async Task SaveAsync_AnotherStore_ReadsTheSame()
    {
        await Store("b/").SaveAsync("btc 1h/ä", Tripped);

        (await Store("b/").LoadAsync("btc 1h/ä")).Should().Be(Tripped);
        (await Store("b/").LoadAsync("eth")).Should().Be(RiskState.Initial);
        (await Store("c/").LoadAsync("btc 1h/ä")).Should().Be(RiskState.Initial);
    }

    [NpmFact]
    public async Task SaveAsync_Twice_KeepsTheLatest()
    {
        await Store("d/").SaveAsync("btc", Tripped);
        await Store("d/").SaveAsync("btc", Tripped.Reset());

        (await Store("d/").LoadAsync("btc")).Should().Be(Tripped.Reset());
    }

    [NpmFact]
    public async Task LoadAsync_SomethingElse_IsAnErrorAndNotAForgottenLimit()
    {
        await service.PutAsync("e/risk-btc.json", Encoding.UTF8.GetBytes("not json"));

        await Store("e/").Invoking(store => store.LoadAsync("btc")).Should().ThrowAsync<IOException>().WithMessage("s3://models/e/risk-btc.json does not hold the state of the limits*");
    }

    [NpmFact]
    public async Task LoadAsync_NoSuchBucket_IsAnErrorAndNotAForgottenLimit() =>
        await new S3RiskStore("elsewhere", "", () => service.CreateClient())
            .Invoking(store => store.LoadAsync("btc")).Should().ThrowAsync<IOException>().WithMessage("The state of the limits cannot be read from s3://elsewhere/risk-btc.json: *");

    [NpmFact]
    public async Task SaveAsync_AccessDenied_IsAnError() =>
        await new S3RiskStore(S3Service.Bucket, "", () => service.CreateClient("STRANGER"))
            .Invoking(store => store.SaveAsync("btc", Tripped)).Should().ThrowAsync<IOException>().WithMessage("The state of the limits cannot be written to s3://models/risk-btc.json: *");

    [Fact]
    public void KeepLimitsInS3_OnABot_RegistersTheStore()
    {
        var services = new ServiceCollection();
        services.AddTradingBot(options => (options.Symbol, options.Interval) = ("BTCUSDT", Interval.OneHour)).KeepLimitsInS3("bucket");
        using var provider = services.BuildServiceProvider();

        provider.GetRequiredService<IRiskStore>().Should().BeOfType<S3RiskStore>();
    }

    private S3RiskStore Store(string prefix) => new(S3Service.Bucket, prefix, () => service.CreateClient());
}
