using TradingBot.Market;
using TradingBot.Simulation;
using TradingBot.Trading;

namespace TradingBot.Core.Tests.Simulation;

/// <summary>A random account that trades random orders along a random walk, checked after every bar.</summary>
internal sealed class RandomTrading
{
    private readonly Random _random;
    private readonly Dictionary<string, OrderRequest> _requests = [];
    private double _price = 1_000;
    private DateTimeOffset _time = Rig.Start;
    private decimal _held;
    private int _seen;
    private int _ids;

    public RandomTrading(Random random, IntrabarPath path = IntrabarPath.Conservative, bool forgetsFilledOrders = false)
    {
        _random = random;
        var info = Rig.InfoOf(Rig.Btc) with { MinNotional = 0 };
        Exchange = new SimulatedExchange(new SimulatedExchangeOptions
        {
            Markets = [new MarketListing(info) { Funding = FundingSchedule.Fixed(random.Next(-20, 20) * 0.0001m, TimeSpan.FromHours(random.Next(2) == 0 ? 1 : 8)) }],
            InitialBalance = random.Next(1, 20_000),
            Slippage = random.Next(3) switch { 0 => SlippageModel.None, 1 => SlippageModel.Fixed(0.0007m), _ => SlippageModel.HalfSpread(0.3m) },
            MakerFeeRate = 0.00019m,
            TakerFeeRate = 0.00047m,
            Leverage = random.Next(1, 60),
            MarginMode = random.Next(2) == 0 ? MarginMode.Isolated : MarginMode.Cross,
            IntrabarPath = path,
            ForgetsFilledOrders = forgetsFilledOrders,
        });
    }

    public SimulatedExchange Exchange { get; }

    /// <summary>Gets the ids of all orders that were accepted.</summary>
    public IReadOnlyCollection<string> Accepted => _requests.Keys;

    /// <summary>Gets or sets whether an order that cannot fill forces every bar through the full matching.</summary>
    public bool Disturb { get; set; }

    public void Step()
    {
        for (var orders = _random.Next(4); orders > 0; orders--)
        {
            Act();
        }

        if (Disturb)
        {
            Exchange.Submit(new OrderRequest
            {
                Symbol = Rig.Btc,
                Side = Side.Buy,
                Type = OrderType.Limit,
                ClientOrderId = "far",
                Quantity = 0.001m,
                Price = 0.1m,
                TimeInForce = TimeInForce.ImmediateOrCancel,
            });
        }

        var bar = NextBar();
        Exchange.Advance(Rig.Btc, bar);
        Check(bar);
    }

    private void Act()
    {
        if (_random.Next(6) == 0 && Exchange.OpenOrdersOf(Rig.Btc) is { Count: > 0 } open)
        {
            Exchange.Cancel(Rig.Btc, open[_random.Next(open.Count)].ClientOrderId);
            return;
        }

        var type = (OrderType)_random.Next(1, 5);
        var near = decimal.Round((decimal)(_price * (1 + ((_random.NextDouble() - 0.5) * 0.06))), 1);
        var isConditional = type is OrderType.StopMarket or OrderType.TakeProfitMarket;
        var closes = isConditional && _random.Next(3) == 0;
        var request = new OrderRequest
        {
            Symbol = Rig.Btc,
            Side = (Side)_random.Next(1, 3),
            Type = type,
            ClientOrderId = $"r-{++_ids}",
            Quantity = closes ? 0 : decimal.Round((decimal)Math.Pow(10, (_random.NextDouble() * 4) - 2), 3),
            Price = type == OrderType.Limit ? near : null,
            TriggerPrice = isConditional ? near : null,
            TimeInForce = type == OrderType.Limit ? (TimeInForce)_random.Next(1, 4) : TimeInForce.GoodTillCanceled,
            ReduceOnly = !closes && _random.Next(4) == 0,
            ClosePosition = closes,
        };
        if (Exchange.Submit(request).IsOpen)
        {
            _requests[request.ClientOrderId] = request;
        }
    }

    private Bar NextBar()
    {
        double Tick(double value) => (double)decimal.Round((decimal)value, 1);
        var violence = _random.Next(12) == 0 ? 0.15 : 0.01;
        double Move() => 1 + ((_random.NextDouble() - 0.5) * violence);
        var open = Tick(_random.Next(10) == 0 ? _price * Move() : _price);
        var close = Tick(open * Move());
        var high = Tick(Math.Max(open, close) * (1 + (_random.NextDouble() * violence)));
        var low = Tick(Math.Min(open, close) * (1 - (_random.NextDouble() * violence)));
        var bar = new Bar(_time, TimeSpan.FromHours(4), open, high, low, close, 1);
        (_price, _time) = (close, bar.CloseTime);
        return bar;
    }

    private void Check(in Bar bar)
    {
        var (low, high, open) = ((decimal)bar.Low, (decimal)bar.High, (decimal)bar.Open);
        for (; _seen < Exchange.Fills.Count; _seen++)
        {
            CheckFill(Exchange.Fills[_seen], open, low, high);
        }

        Exchange.PositionOf(Rig.Btc).Quantity.Should().Be(_held);
        (Exchange.Options.InitialBalance + Exchange.Ledger.Sum(entry => entry.Amount)).Should().Be(Exchange.Balance);
        Exchange.Balance.Should().BeGreaterThanOrEqualTo(0);
        Exchange.AvailableBalance.Should().BeGreaterThanOrEqualTo(0);
        var risk = Exchange.RiskOf(Rig.Btc);
        risk.IsolatedWallet.Should().BeGreaterThanOrEqualTo(0);
        risk.OrderMargin.Should().BeGreaterThanOrEqualTo(0);
        if (_held == 0)
        {
            risk.IsolatedWallet.Should().Be(0);
        }

        Exchange.Ledger.All(entry => entry.Amount == decimal.Round(entry.Amount, 8)).Should().BeTrue();
    }

    private void CheckFill(Fill fill, decimal open, decimal low, decimal high)
    {
        var before = _held;
        _held += fill.Side == Side.Buy ? fill.Quantity : -fill.Quantity;
        fill.Fee.Should().BeGreaterThanOrEqualTo(0);
        fill.SlippageCost.Should().BeGreaterThanOrEqualTo(0);
        if (fill.IsLiquidation)
        {
            _held.Should().Be(0);
            fill.Price.Should().BeInRange(low - 0.1m, high + 0.1m);
            return;
        }

        var request = _requests[fill.ClientOrderId];
        if (request.ReduceOnly || request.ClosePosition)
        {
            (Math.Abs(_held) < Math.Abs(before) && _held * before >= 0).Should().BeTrue($"reduce-only took {before} to {_held}");
        }

        if (fill.IsMaker)
        {
            fill.Price.Should().Be(request.Price);
            (request.Side == Side.Buy ? low < fill.Price : high > fill.Price).Should().BeTrue("a limit fills only when traded through");
            fill.SlippageCost.Should().Be(0);
        }
        else
        {
            var slipped = fill.SlippageCost / fill.Quantity;
            (fill.Side == Side.Buy ? fill.Price - slipped : fill.Price + slipped).Should().BeInRange(low, high);
        }

        if (request.Type == OrderType.Market)
        {
            (fill.Side == Side.Buy ? fill.Price >= open : fill.Price <= open).Should().BeTrue();
        }
    }
}
