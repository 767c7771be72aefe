using TradingBot.Trading;

namespace TradingBot.Tests.Simulation.Worlds;

/// <summary>A call with a result, and what it does where it arrives.</summary>
internal sealed class RoundTrip<TRequest, TResult> : Call
{
    private readonly TaskCompletionSource<TResult> _completion = new();
    private readonly Func<RoundTrip<TRequest, TResult>, World, TResult> _execute;
    private readonly Func<TRequest, TResult>? _unknown;
    private TResult _result = default!;
    private Exception? _error;

    private RoundTrip(
        Process process,
        CallKind kind,
        TRequest request,
        Func<RoundTrip<TRequest, TResult>, World, TResult> execute,
        Func<TRequest, TResult>? unknown,
        CancellationToken cancellationToken)
        : base(process, kind, cancellationToken) => (Request, _execute, _unknown) = (request, execute, unknown);

    public TRequest Request { get; }

    /// <summary>Gets the trouble that the call meets where it arrives.</summary>
    public Trouble Met => Trouble;

    protected override string Outcome => _error?.Message ?? TraceText.Of(_result);

    /// <summary>Makes a call.</summary>
    /// <param name="process">Who calls.</param>
    /// <param name="kind">What is called.</param>
    /// <param name="request">What is asked.</param>
    /// <param name="execute">What happens where the call arrives.</param>
    /// <param name="unknown">What the caller is told when the outcome is not known; <see langword="null"/> for an exception.</param>
    /// <param name="cancellationToken">Ends the waiting.</param>
    public static Task<TResult> Make(
        Process process,
        CallKind kind,
        TRequest request,
        Func<RoundTrip<TRequest, TResult>, World, TResult> execute,
        Func<TRequest, TResult>? unknown,
        CancellationToken cancellationToken)
    {
        var call = new RoundTrip<TRequest, TResult>(process, kind, request, execute, unknown, cancellationToken);
        call.Send();
        return call._completion.Task;
    }

    public override string ToString() => $"{Kind} {TraceText.Of(Request)}";

    protected override void Execute(World world)
    {
        try
        {
            _result = _execute(this, world);
        }
        catch (ExchangeException e)
        {
            _error = e;
        }
    }

    protected override void SetResult()
    {
        if (_error is not null)
        {
            _completion.SetException(_error);
        }
        else
        {
            _completion.SetResult(_result);
        }
    }

    protected override void SetUnknown()
    {
        if (_unknown is not null)
        {
            _completion.SetResult(_unknown(Request));
        }
        else
        {
            _completion.SetException(new ExchangeException(ExchangeErrorKind.StatusUnknown, "The answer was lost, by plan."));
        }
    }

    protected override void SetError(Exception error) => _completion.SetException(error);

    protected override void SetCanceled(CancellationToken token) => _completion.SetCanceled(token);
}
