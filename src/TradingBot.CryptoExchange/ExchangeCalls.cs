using CryptoExchange.Net.Objects;
using TradingBot.Trading;

namespace TradingBot.CryptoExchange;

/// <summary>Makes calls: repeats readings, never what trades, and turns every failure into an <see cref="ExchangeException"/>.</summary>
internal sealed class ExchangeCalls(ExchangeErrors errors, int readAttempts, TimeProvider time)
{
    private static readonly TimeSpan FirstWait = TimeSpan.FromMilliseconds(250);

    public ExchangeErrors Errors { get; } = errors;

    /// <summary>Makes a reading, again after a failure that may pass.</summary>
    /// <exception cref="ExchangeException">The exchange did not answer, or refused.</exception>
    public async Task<HttpResult<T>> ReadAsync<T>(
        string operation, Func<CancellationToken, Task<HttpResult<T>>> call, CancellationToken cancellationToken)
    {
        var result = await TryReadAsync(operation, call, cancellationToken).ConfigureAwait(false);
        return result.Success ? result : throw Refusal(operation, result);
    }

    /// <summary>Makes a reading, again after a failure that may pass; a refusal is returned.</summary>
    /// <exception cref="ExchangeException">The exchange did not answer.</exception>
    public async Task<HttpResult<T>> TryReadAsync<T>(
        string operation, Func<CancellationToken, Task<HttpResult<T>>> call, CancellationToken cancellationToken)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return await CallAsync(operation, call, isTrade: false, cancellationToken).ConfigureAwait(false);
            }
            catch (ExchangeException e) when (attempt < readAttempts && e.Kind == ExchangeErrorKind.Transient)
            {
                await WaitAsync(attempt, cancellationToken).ConfigureAwait(false);
            }
            catch (ExchangeException e) when (attempt == 1 && e.Kind == ExchangeErrorKind.ClockSkew)
            {
                // The client measures the clock anew before its next request.
            }
        }
    }

    /// <summary>Sends what trades or changes a setting, once; a refusal is returned.</summary>
    /// <exception cref="ExchangeException">The exchange did not answer; of kind <see cref="ExchangeErrorKind.StatusUnknown"/> when it may have been carried out.</exception>
    public async Task<HttpResult<T>> TryTradeAsync<T>(
        string operation, Func<CancellationToken, Task<HttpResult<T>>> call, CancellationToken cancellationToken)
    {
        try
        {
            return await CallAsync(operation, call, isTrade: true, cancellationToken).ConfigureAwait(false);
        }
        catch (ExchangeException e) when (e.Kind == ExchangeErrorKind.ClockSkew)
        {
            // An explicit refusal before anything happened, and the client measures the clock anew: once more, and only once.
            return await CallAsync(operation, call, isTrade: true, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Changes a setting, once.</summary>
    /// <exception cref="ExchangeException">The exchange did not answer, or refused.</exception>
    public async Task ChangeAsync<T>(string operation, Func<CancellationToken, Task<HttpResult<T>>> call, CancellationToken cancellationToken)
    {
        var result = await TryTradeAsync(operation, call, cancellationToken).ConfigureAwait(false);
        if (!result.Success)
        {
            throw Refusal(operation, result);
        }
    }

    /// <summary>Builds the exception of a call that was refused.</summary>
    public ExchangeException Refusal(string operation, IHttpResult result) => ExchangeErrors.Exception(operation, result, ExchangeErrorKind.Rejected, time.GetUtcNow());

    /// <summary>Waits between two attempts: a quarter of a second after the first, and twice as long each time.</summary>
    public Task WaitAsync(int attempt, CancellationToken cancellationToken) => Task.Delay(FirstWait * Math.Pow(2, attempt - 1), time, cancellationToken);

    private async Task<HttpResult<T>> CallAsync<T>(
        string operation, Func<CancellationToken, Task<HttpResult<T>>> call, bool isTrade, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        HttpResult<T> result;
        try
        {
            // What trades and is on its way is heard out: to abandon it would only make its outcome unknown.
            result = await call(isTrade ? CancellationToken.None : cancellationToken).ConfigureAwait(false);
        }
        catch (Exception e) when (isTrade || e is IOException or HttpRequestException)
        {
            // The library lets a few failures through, such as a connection that ends within an error's body. Whatever comes out of a
            // call that trades may have come after the exchange had it.
            throw new ExchangeException(
                isTrade ? ExchangeErrorKind.StatusUnknown : ExchangeErrorKind.Transient, $"{operation}: the call failed before its answer was complete.", e);
        }

        if (result.Success)
        {
            return result;
        }

        if (result.Error is CancellationRequestedError)
        {
            throw new OperationCanceledException(cancellationToken);
        }

        var kind = Errors.MeaningOf(result, isTrade).Kind;
        return kind == ExchangeErrorKind.Rejected ? result : throw ExchangeErrors.Exception(operation, result, kind, time.GetUtcNow());
    }
}
