using TradingBot.Trading;

namespace TradingBot.Tests.Simulation.Worlds;

/// <summary>One call of a bot to the world outside it, on its way there and back.</summary>
internal abstract class Call(Process process, CallKind kind, CancellationToken cancellationToken) : IOccurrence
{
    private const int Arrive = 0;
    private const int ArriveAgain = 1;
    private const int Answer = 2;
    private long _sentAt;
    private bool _isAnswered;
    private int _run;
    private int _number;

    public Process Process => process;

    public CallKind Kind => kind;

    /// <summary>Gets a value indicating whether the caller still waits.</summary>
    public bool IsAwaited => process.IsAlive && process.IsBusy && _run == process.Runs;

    protected Trouble Trouble { get; private set; }

    protected World World => process.World;

    protected CancellationToken CancellationToken => cancellationToken;

    private bool IsSigned => kind is CallKind.Prepare or CallKind.Account or CallKind.Submit or CallKind.Find or CallKind.Cancel;

    private bool IsLocal => kind is CallKind.LoadRisk or CallKind.SaveRisk or CallKind.Journal;

    public void Occur(int stamp)
    {
        switch (stamp)
        {
            case Arrive:
                OnArrival();
                break;
            case ArriveAgain:
                World.Trace?.Add(process, $"{this} arrives again");
                World.OnArrival(process.IsOvertaken(_number));
                Execute(World);
                break;
            default:
                OnAnswer();
                break;
        }
    }

    protected void Send()
    {
        _run = process.Runs;
        _number = process.NextCall();
        _sentAt = World.Now;
        if (cancellationToken.IsCancellationRequested)
        {
            process.World.Trace?.Add(process, $"{this} is canceled");
            SetCanceled(cancellationToken);
            return;
        }

        Trouble = World.Troubles.For(process, kind, process.NextWait());
        if (Trouble.Kind != TroubleKind.None)
        {
            World.OnTrouble(Trouble, IsLocal);
            World.Trace?.Add(process, $"{this}: {Trouble.Kind}{(Trouble.Delay > 0 ? $" {Trouble.Delay} ms" : "")}{(Trouble.Kind == TroubleKind.Refused ? $" {Trouble.Error}" : "")}");
        }

        var way = World.Latency(IsLocal);
        switch (Trouble.Kind)
        {
            case TroubleKind.CrashBefore:
                process.Crash();
                break;
            case TroubleKind.Refused:
            case TroubleKind.CanceledBefore:
                World.Schedule(way, this, Answer);
                break;
            case TroubleKind.RequestLost:
                World.Schedule(way + Trouble.Delay, this, Answer);
                break;
            case TroubleKind.Late:
                World.Schedule(way + (Trouble.Delay / 2), this, Answer);
                World.Schedule(way + Trouble.Delay, this, Arrive);
                break;
            case TroubleKind.SlowRequest:
                World.Schedule(way + Trouble.Delay, this, Arrive);
                break;
            default:
                World.Schedule(way, this, Arrive);
                break;
        }
    }

    protected abstract void Execute(World world);

    protected abstract void SetResult();

    protected abstract void SetUnknown();

    protected abstract void SetError(Exception error);

    protected abstract void SetCanceled(CancellationToken token);

    private void OnArrival()
    {
        if (IsSigned && World.Now - _sentAt > Arena.ReceiveWindow)
        {
            Trouble = new Trouble(TroubleKind.Refused, 0, ExchangeErrorKind.ClockSkew);
            World.Schedule(World.Latency(IsLocal), this, Answer);
            return;
        }

        World.OnArrival(process.IsOvertaken(_number));
        Execute(World);
        World.Trace?.Add(process, $"{this} -> {Outcome}");
        switch (Trouble.Kind)
        {
            case TroubleKind.CrashAfter:
                process.Crash();
                return;
            case TroubleKind.Late:
                return;
            case TroubleKind.Twice:
                World.Schedule(Trouble.Delay, this, ArriveAgain);
                break;
        }

        var isDelayed = Trouble.Kind is TroubleKind.AnswerLost or TroubleKind.SlowAnswer;
        World.Schedule(World.Latency(IsLocal) + (isDelayed ? Trouble.Delay : 0), this, Answer);
    }

    private void TellUnwritten()
    {
        if (kind == CallKind.Journal)
        {
            World.Auditor.OnJournalFailed(process);
        }
    }

    /// <summary>Gets what came of it, for the trace.</summary>
    protected abstract string Outcome { get; }

    private void OnAnswer()
    {
        if (!process.IsAlive || _isAnswered)
        {
            return;
        }

        if (Trouble.Kind == TroubleKind.Freeze)
        {
            process.Freeze(Trouble.Delay);
            Trouble = default;
        }

        if (process.FrozenUntil > World.Now)
        {
            World.Schedule(process.FrozenUntil - World.Now, this, Answer);
            return;
        }

        _isAnswered = true;
        switch (Trouble.Kind)
        {
            case TroubleKind.Refused:
                TellUnwritten();
                SetError(IsLocal
                    ? new IOException("The store failed, by plan.")
                    : new ExchangeException(Trouble.Error, "The call failed, by plan."));
                break;
            case TroubleKind.RequestLost:
            case TroubleKind.AnswerLost:
            case TroubleKind.Late:
                SetUnknown();
                break;
            case TroubleKind.CanceledBefore:
            case TroubleKind.CanceledAfter:
                TellUnwritten();
                process.CancelCycle();
                SetCanceled(cancellationToken);
                break;
            default:
                SetResult();
                break;
        }

        process.AfterAnswer();
    }
}
