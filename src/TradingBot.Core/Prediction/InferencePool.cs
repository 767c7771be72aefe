using System.Collections.Concurrent;
using Microsoft.ML.OnnxRuntime;

namespace TradingBot.Prediction;

/// <summary>One session and the memory of as many callers as have ever used it at once.</summary>
internal sealed class InferencePool : IDisposable
{
    private readonly ConcurrentQueue<InferenceSlot> _idle = new();
    private readonly RunOptions _runOptions = new();
    private readonly InferenceSession _session;
    private readonly ModelSignature _signature;
    private int _users = 1; // the owner; native memory is freed when it and every caller are gone
    private int _disposed;

    /// <param name="session">The session, which the pool takes over.</param>
    /// <param name="signature">How to run it.</param>
    public InferencePool(InferenceSession session, ModelSignature signature) => (_session, _signature) = (session, signature);

    /// <summary>Takes a slot, to be given back by <see cref="Return"/>.</summary>
    /// <exception cref="ObjectDisposedException">The pool was disposed.</exception>
    public InferenceSlot Rent()
    {
        ObjectDisposedException.ThrowIf(!TryEnter(), typeof(OnnxPredictor));
        try
        {
            return _idle.TryDequeue(out var slot) ? slot : new InferenceSlot(_session, _runOptions, _signature);
        }
        catch
        {
            Leave();
            throw;
        }
    }

    public void Return(InferenceSlot slot)
    {
        slot.Clear();
        _idle.Enqueue(slot);
        Leave();
    }

    public void Dispose()
    {
        if (Interlocked.Exchange(ref _disposed, 1) == 0)
        {
            Leave();
        }
    }

    private bool TryEnter()
    {
        var users = Volatile.Read(ref _users);
        while (users > 0 && Volatile.Read(ref _disposed) == 0)
        {
            var seen = Interlocked.CompareExchange(ref _users, users + 1, users);
            if (seen == users)
            {
                return true;
            }

            users = seen;
        }

        return false;
    }

    private void Leave()
    {
        if (Interlocked.Decrement(ref _users) > 0)
        {
            return;
        }

        while (_idle.TryDequeue(out var slot))
        {
            slot.Dispose();
        }

        _runOptions.Dispose();
        _session.Dispose();
    }
}
