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
    private int _outages;
    private int _maintenances;

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

        _perMille = _dice.Below(3) switch { 0 => 5, 1 => 20, _ => 60 };
    }

    public override bool IsOver => _stormUntil < 0;

    public override int Outages => _outages;

    public override int Maintenances => _maintenances;

    public override bool IsStalePossible => Array.IndexOf(_kinds, TroubleKind.Stale) >= 0;

    public override Trouble For(Process process, CallKind kind, int number)
    {
        var world = process.World;
        if (_stormUntil == 0)
        {
            _stormUntil = world.Now + (_dice.Between(2, 20) * Arena.BarLength);
        }

        if (_stormUntil > 0 && world.Now > _stormUntil)
        {
            _stormUntil = -1;
        }

        if (IsOver)
        {
            return default;
        }

        if (world.Now < _outageUntil && !IsLocal(kind))
        {
            return new Trouble(TroubleKind.Refused, 0, _outage);
        }

        return _dice.Chance(_perMille) ? Draw(world, kind) : default;
    }

    public override int WakeDelay(World world) => !IsOver && world.Draw(0, 99) < 2 ? world.Draw(1_500, (int)Arena.BarLength * 2) : base.WakeDelay(world);

    public override int RestartDelay(World world) => world.Draw(0, 9) switch
    {
        < 4 => world.Draw(300, 3_000),
        < 8 => world.Draw(3_000, 30_000),
        _ => world.Draw(30_000, 3 * (int)Arena.BarLength),
    };

    public override bool LosesStop() => _stormUntil > 0 && _dice.Chance(5);

    public override void OnCalm(World world, int calmCycles)
    {
        if (calmCycles >= CalmCycles)
        {
            _stormUntil = 0;
        }
    }

    private static bool IsLocal(CallKind kind) => kind is CallKind.LoadRisk or CallKind.SaveRisk or CallKind.Journal or CallKind.Timer;

    private static bool CanStrike(TroubleKind trouble, CallKind kind) => trouble switch
    {
        TroubleKind.Partial => kind == CallKind.Submit,
        TroubleKind.Twice or TroubleKind.Late => kind is CallKind.Submit or CallKind.Cancel,
        TroubleKind.Gap => kind == CallKind.Bars,
        TroubleKind.Stale => kind is CallKind.Account or CallKind.Find or CallKind.Bars,
        TroubleKind.RequestLost or TroubleKind.AnswerLost or TroubleKind.SlowRequest or TroubleKind.SlowAnswer => !IsLocal(kind),
        TroubleKind.Refused or TroubleKind.CanceledBefore or TroubleKind.CanceledAfter => kind != CallKind.Timer,
        _ => true,
    };

    private Trouble Draw(World world, CallKind kind)
    {
        var trouble = _kinds[_dice.Below(_kinds.Length)];
        // A process that stands still for minutes does so seldom: else it would do nothing else.
        if (!CanStrike(trouble, kind) || (trouble == TroubleKind.Freeze && !_dice.Chance(250)))
        {
            return default;
        }

        if (trouble == TroubleKind.Refused && !IsLocal(kind))
        {
            _outage = _dice.Below(4) switch
            {
                0 => ExchangeErrorKind.RateLimited,
                1 => ExchangeErrorKind.ClockSkew,
                _ => ExchangeErrorKind.Transient,
            };
            var length = _dice.Below(1_000);
            var isMaintenance = length is >= 300 and < 330;
            _outageUntil = isMaintenance ? _stormUntil : length < 300 ? world.Now + _dice.Between(1_000, 3 * (int)Arena.BarLength) : 0;
            (_outages, _maintenances) = (_outages + (length < 330 ? 1 : 0), _maintenances + (isMaintenance ? 1 : 0));
            return new Trouble(trouble, 0, _outage);
        }

        return new Trouble(trouble, DelayOf(trouble));
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
