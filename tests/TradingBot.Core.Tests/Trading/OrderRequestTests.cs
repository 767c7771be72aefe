using FsCheck.Fluent;
using TradingBot.Market;
using TradingBot.Trading;

namespace TradingBot.Core.Tests.Trading;

public sealed class OrderRequestTests
{
    private static readonly Symbol Btc = Symbol.Parse("BTCUSDT");
    private static readonly DateTimeOffset Bar = new(2026, 11, 20, 8, 0, 0, TimeSpan.Zero);
    private static readonly ClientOrderIds Ids = new("bot", Btc);

    [Fact]
    public void ClientOrderId_NamedByBarLegAndNumber_IsTheTextOfThem()
    {
        var seconds = Gen.OneOf(
            Gen.Elements(DateTimeOffset.MinValue, DateTimeOffset.MaxValue, DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch.AddSeconds(-1)),
            Properties.Randoms.Select(random => new DateTimeOffset(random.NextInt64(DateTime.MaxValue.Ticks), TimeSpan.Zero)));
        Properties.ForAll(
            seconds,
            bar =>
            {
                foreach (var leg in Enum.GetValues<OrderLeg>())
                {
                    for (var number = 0; number < 100; number++)
                    {
                        var text = Ids.For(bar, leg, number);
                        var suffix = leg switch
                        {
                            OrderLeg.Exit => "x",
                            OrderLeg.Entry => "e",
                            OrderLeg.Stop => "s",
                            OrderLeg.EntryRest => "f",
                            OrderLeg.Undo => "u",
                            OrderLeg.Trim => "t",
                            _ => "c",
                        };
                        text.Should().Be(FormattableString.Invariant($"tb6262c5640edd-{bar.ToUnixTimeSeconds()}-{suffix}{(number == 0 ? "" : number)}"));
                        text.Should().MatchRegex(@"^[\.A-Z\:/a-z0-9_-]{1,36}\z", "the exchange takes such ids without a look at their letters");
                        Named(Ids.NameOf(bar, leg, number)).ClientOrderId.Should().Be(text);
                    }
                }
            },
            runs: 20);
    }

    [Fact]
    public void NameOf_NoNumberOrLegOfItsRange_IsRefused()
    {
        Ids.Invoking(ids => ids.NameOf(Bar, OrderLeg.Stop, -1)).Should().Throw<ArgumentOutOfRangeException>();
        Ids.Invoking(ids => ids.NameOf(Bar, OrderLeg.Stop, 100)).Should().Throw<ArgumentOutOfRangeException>();
        Ids.Invoking(ids => ids.NameOf(Bar, (OrderLeg)8)).Should().Throw<ArgumentOutOfRangeException>();
        Ids.Invoking(ids => ids.NameOf(Bar, (OrderLeg)(-1))).Should().Throw<ArgumentOutOfRangeException>();
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Equals_SameIdHoweverMade_IsTrue(bool isRead)
    {
        var named = Named(Ids.NameOf(Bar, OrderLeg.Stop, 3));
        var others = new[]
        {
            Written(Ids.For(Bar, OrderLeg.Stop, 3)),
            Named(Ids.NameOf(Bar, OrderLeg.Stop, 3)),
            Named(new ClientOrderIds("bot", Btc).NameOf(Bar.ToOffset(TimeSpan.FromHours(5)), OrderLeg.Stop, 3)),
        };
        if (isRead)
        {
            named.ClientOrderId.Should().Be("tb6262c5640edd-1795161600-s3");
        }

        others.Should().AllSatisfy(other =>
        {
            (named == other && other == named).Should().BeTrue();
            named.GetHashCode().Should().Be(other.GetHashCode());
            named.ToString().Should().Be(other.ToString());
            new HashSet<OrderRequest> { named }.Contains(other).Should().BeTrue();
        });
    }

    [Fact]
    public void Equals_AnotherBarLegNumberBotOrText_IsFalse()
    {
        var named = Named(Ids.NameOf(Bar, OrderLeg.Stop, 3));

        new[]
        {
            Named(Ids.NameOf(Bar.AddSeconds(1), OrderLeg.Stop, 3)),
            Named(Ids.NameOf(Bar, OrderLeg.Close, 3)),
            Named(Ids.NameOf(Bar, OrderLeg.Stop, 4)),
            Named(new ClientOrderIds("bot2", Btc).NameOf(Bar, OrderLeg.Stop, 3)),
            Written("tb6262c5640edd-1795161600-s"),
            Written(null!),
        }.Should().AllSatisfy(other => (named == other || other == named).Should().BeFalse());
        Written(null!).Should().Be(Written(null!));
    }

    [Fact]
    public void ToString_Named_PrintsWhatATextPrints()
    {
        var named = Named(Ids.NameOf(Bar, OrderLeg.Entry)) with { Price = 2.50m };

        named.ToString().Should().Be(
            $"OrderRequest {{ Symbol = {Btc}, Side = Buy, Type = Limit, ClientOrderId = tb6262c5640edd-1795161600-e, Quantity = 1, Price = 2.50, TriggerPrice = , "
            + "TimeInForce = GoodTillCanceled, ReduceOnly = False, ClosePosition = False }");
    }

    [Fact]
    public void With_Named_ChangesOrKeepsTheId()
    {
        var named = Named(Ids.NameOf(Bar, OrderLeg.Entry));

        (named with { ClientOrderId = "x" }).Should().Be(Written("x"));
        (named with { ClientOrderId = Ids.For(Bar, OrderLeg.Entry) }).Should().Be(named);
        (named with { Quantity = 2 }).ClientOrderId.Should().Be(Ids.For(Bar, OrderLeg.Entry));
        named.ClientOrderId.Should().Be(Ids.For(Bar, OrderLeg.Entry));
        named.ClientOrderId.Should().BeSameAs(named.ClientOrderId);
    }

    [Fact]
    public void ClientOrderId_ReadByManyThreads_IsTheSameToAll()
    {
        for (var bar = 0; bar < 200; bar++)
        {
            var named = Named(Ids.NameOf(Bar.AddMinutes(bar), OrderLeg.Entry));
            var read = new string[4];

            Parallel.For(0, read.Length, i => read[i] = (i % 2 == 0 ? named : named with { Quantity = 2 }).ClientOrderId);

            read.Should().AllBe(Ids.For(Bar.AddMinutes(bar), OrderLeg.Entry));
        }
    }

    [Fact]
    public void Equals_Prices_CompareAsNumbersThatMayBeMissing()
    {
        var order = Written("x") with { Price = 1.0m, TriggerPrice = 2m };

        order.Should().Be(Written("x") with { Price = 1.00m, TriggerPrice = 2.0m });
        order.GetHashCode().Should().Be((Written("x") with { Price = 1.00m, TriggerPrice = 2.0m }).GetHashCode());
        order.Should().NotBe(order with { Price = 2m });
        order.Should().NotBe(order with { TriggerPrice = null });
        (Written("x") with { Price = 0 }).Should().NotBe(Written("x"));
        (order with { Price = null }).Should().BeEquivalentTo(new { Price = (decimal?)null, TriggerPrice = (decimal?)2m });
    }

    private static OrderRequest Named(in OrderName name) => new(Btc, Side.Buy, OrderType.Limit, name) { Quantity = 1 };

    private static OrderRequest Written(string id) => new() { Symbol = Btc, Side = Side.Buy, Type = OrderType.Limit, ClientOrderId = id, Quantity = 1 };
}
