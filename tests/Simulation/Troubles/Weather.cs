using TradingBot.Tests.Simulation.Worlds;
using TradingBot.Trading;

namespace TradingBot.Tests.Simulation.Troubles;

/// <summary>Storms of troubles drawn from a seed, with calms between them that are long enough to see whether the bot has recovered.</summary>
internal sealed class Weather : TroubleMaker
{
    private const int CalmCycles = 5;
    private readonly Dice _dice;
    private readonly TroubleKind[] _kinds;
    private readonly int _perMille;
    private long _stormUntil;
    private long _outageUntil;
    private ExchangeErrorKind _outage;

    /// <summary>Draws which troubles there are in a world, and how many.</summary>
    public Weather(ulong seed, IReadOnlyList<TroubleKind> possible)
    {
        _dice = new Dice(Dice.Mix(seed, 4));
        // Few kinds at a time: troubles that strike together hide what each of them does alone.
        _kinds = [.. possible.Where(_ => _dice.Chance(350))];
        if (_kinds.Length == 0)
        {
            _kinds = [possible[_dice.Below(possible.Count)]];
        }

        _perMille = _dice.Below(3) switch { 0 => 10, 1 => 40, _ => 120 };
    }

    public override bool IsOver => _stormUntil < 0;

    public override Trouble For(World world, Call call)
    {
        if (_stormUntil == 0)
        {
            _stormUntil = world.Now + (_dice.Between(2, 20) * Arena.BarLength);
        }

        if (_stormUntil > 0 && world.Now > _stormUntil)
        {
            _stormUntil = -1;
        }

        if (IsOver || call.Kind == CallKind.Timer)
        {
            return default;
        }

        var isLocal = call.Kind is CallKind.LoadRisk or CallKind.SaveRisk;
        if (world.Now < _outageUntil && !isLocal)
        {
            return new Trouble(TroubleKind.Refused, 0, _outage);
        }

        return _dice.Chance(_perMille) ? Draw(world, call) : default;
    }

    public override int WakeDelay(World world) => !IsOver && world.Draw(0, 99) < 2 ? world.Draw(1_500, (int)Arena.BarLength * 2) : base.WakeDelay(world);

    public override int RestartDelay(World world) => world.Draw(0, 9) switch
    {
        < 4 => world.Draw(300, 3_000),
        < 8 => world.Draw(3_000, 30_000),
        _ => world.Draw(30_000, 3 * (int)Arena.BarLength),
    };

    public override void OnCalm(World world, int calmCycles)
    {
        if (calmCycles >= CalmCycles)
        {
            _stormUntil = 0;
        }
    }

    private Trouble Draw(World world, Call call)
    {
        var kind = _kinds[_dice.Below(_kinds.Length)];
        var isLocal = call.Kind is CallKind.LoadRisk or CallKind.SaveRisk;
        switch (kind)
        {
            case TroubleKind.Partial when call.Kind != CallKind.Submit:
            case TroubleKind.Stale when call.Kind is not (CallKind.Account or CallKind.Find or CallKind.Bars):
            case TroubleKind.Twice or TroubleKind.Late when call.Kind is not (CallKind.Submit or CallKind.Cancel):
            case TroubleKind.RequestLost or TroubleKind.AnswerLost or TroubleKind.SlowRequest or TroubleKind.SlowAnswer when isLocal:
                return default;
            case TroubleKind.Refused when !isLocal:
                _outage = _dice.Below(4) switch
                {
                    0 => ExchangeErrorKind.RateLimited,
                    1 => ExchangeErrorKind.ClockSkew,
                    _ => ExchangeErrorKind.Transient,
                };
                _outageUntil = _dice.Chance(300) ? world.Now + _dice.Between(1_000, 3 * (int)Arena.BarLength) : 0;
                return new Trouble(kind, 0, _outage);
            default:
                return new Trouble(kind, DelayOf(kind));
        }
    }

    private int DelayOf(TroubleKind kind) => kind switch
    {
        TroubleKind.RequestLost or TroubleKind.AnswerLost => _dice.Between(500, 5_000),
        TroubleKind.SlowRequest => _dice.Between(500, 7_000),
        TroubleKind.SlowAnswer => _dice.Between(500, 20_000),
        TroubleKind.Late => _dice.Between(500, (int)Arena.ReceiveWindow - 100),
        TroubleKind.Twice => _dice.Between(0, 2_000),
        TroubleKind.Stale => _dice.Between(100, 2_000),
        TroubleKind.Freeze => _dice.Between(1_000, 3 * (int)Arena.BarLength),
        _ => 0,
    };
}
